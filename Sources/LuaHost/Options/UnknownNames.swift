internal import LuaBridge
internal import Platform

// A name that a module or an object does not have is a mistake of the script's, and is said where it
// is made: nil would be met somewhere else, under another name.

/// `ag.int: there is no such name; did you mean Int?`
private func unknownName(_ call: LuaCall, of owner: String, _ names: [String]) throws -> LuaError {
    let key =
        if case .string(let bytes) = try call[2] { ".\(bytes.shown)" } else {
            "[\(try call[2].shown)]"
        }
    let hint =
        nearestName(to: String(key.dropFirst()), among: names).map { "; did you mean \($0)?" }
        ?? (names.isEmpty ? "" : "; there are \(names.sorted().joined(separator: ", "))")
    return LuaError("\(owner)\(key): there is no such name\(hint)")
}

/// A function of a module, with the names of its parameters.
struct ModuleFunction {
    let name: String
    let parameters: LuaParameters
    let body: LuaNativeBody

    init(_ name: String, taking parameters: LuaParameters, _ body: @escaping LuaNativeBody) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }
}

extension LuaState {
    /// As `define`, for objects that refuse a name they do not have.
    func defineStrictly<Object: AnyObject>(
        _ type: Object.Type, name: String, _ build: (LuaTypeBuilder<Object>) -> Void
    ) throws {
        try define(type, name: name) { builder in
            build(builder)
            let names = builder.names
            builder.unknownField { _, call in throw try unknownName(call, of: name, names) }
        }
    }

    /// The table of a module, which refuses a name it does not have.
    ///
    /// - Parameter prefix: what stands before the functions' names in messages.
    func module(
        _ owner: String, prefix: String = "", _ functions: [ModuleFunction]
    ) throws -> LuaTree {
        let fields = try functions.map {
            ($0.name, try function(prefix + $0.name, taking: $0.parameters, $0.body).luaTree)
        }
        let names = fields.map(\.0)
        let index = try function(owner) { throw try unknownName($0, of: owner, names) }
        return .record(fields, metatable: try table(.record([("__index", index.luaTree)])))
    }
}
