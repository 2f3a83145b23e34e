/// The parameters that a Swift function takes from Lua, by name.
///
/// A call with more arguments is an error that lists the names. Fewer are the function's to judge.
///
/// ```swift
/// type.method("split", taking: ["fraction", "options"]) { data, call in … }
/// ```
public struct LuaParameters: Sendable, ExpressibleByArrayLiteral {
    private let names: [String]?

    /// As many arguments as a call gives.
    public static let any = LuaParameters(names: nil)

    /// The parameters of these names, in order.
    public init(arrayLiteral names: String...) { self.names = names }

    private init(names: [String]?) { self.names = names }

    /// The most arguments a call may have.
    var limit: Int32 { names.map { Int32($0.count) } ?? .max }

    /// What a call with one argument too many is told.
    func refusal(of function: String) -> String {
        let names = names ?? []
        let known = names.isEmpty ? "no arguments" : names.joined(separator: ", ")
        return "no such argument; \(function) takes \(known)"
    }
}
