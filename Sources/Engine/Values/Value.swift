/// A plain value: what a parameter, a constant or an argument can be.
///
/// Integers and reals are kept apart and exact: 2^53 + 1, `Int.min` and `Int.max` survive. What
/// only the host understands (a function, a user's object) is `opaque`: the engine keeps its place
/// and the printed description, and the host puts the real thing back. The description is its
/// identity, so a host with two such things must give them two descriptions.
///
/// Edge cases: two NaNs are equal and `0.0` equals `-0.0`, so that values can be looked up in sets.
public enum Value: Sendable {
    case boolean(Bool)
    case integer(Int)
    case real(Double)
    case string(String)
    /// A string that is not valid UTF-8, byte for byte.
    case bytes([UInt8])
    case list([Value])
    case map([Name: Value])
    case opaque(String)
}

extension Value: Hashable {
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.boolean(let a), .boolean(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.real(let a), .real(let b)): a == b || (a.isNaN && b.isNaN)
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.bytes(let a), .bytes(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.map(let a), .map(let b)): a == b
        case (.opaque(let a), .opaque(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .boolean(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .real(let value):
            hasher.combine(value.isNaN ? Double.nan.bitPattern : (value + 0).bitPattern)
        case .string(let value): hasher.combine(value)
        case .bytes(let value): hasher.combine(value)
        case .list(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value)
        case .opaque(let value): hasher.combine(value)
        }
    }
}

extension Value: CustomStringConvertible {
    /// The value as a person reads it; numbers never depend on the locale.
    public var description: String {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): value.description
        case .real(let value): value.description
        case .string(let value): value
        case .bytes(let value): value.map(Self.printed).joined()
        case .list(let values):
            "{" + values.map(\.description).joined(separator: ", ") + "}"
        case .map(let values):
            "{"
                + values.sorted { $0.key < $1.key }
                .map { "\($0.key) = \($0.value)" }
                .joined(separator: ", ") + "}"
        case .opaque(let description): description
        }
    }

    /// The number this value is, or nil when it is none.
    public var number: Number? {
        switch self {
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        default: nil
        }
    }

    /// The bytes that a text takes; 0 for anything else.
    package var textBytes: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        default: 0
        }
    }

    /// What kind of thing this is, for error messages: "a string", "a number" …
    public var kind: String {
        switch self {
        case .boolean: "a boolean"
        case .integer, .real: "a number"
        case .string, .bytes: "a string"
        case .list, .map: "a table"
        case .opaque(let description): description
        }
    }

    private static func printed(_ byte: UInt8) -> String {
        if (0x20..<0x7f).contains(byte) { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16)
        return "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
}
