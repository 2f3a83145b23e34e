/// A Lua value as Swift sees it: scalars by value, the rest by reference.
public enum LuaValue {
    case `nil`
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(LuaString)
    case table(LuaTable)
    case function(LuaFunction)
    case object(LuaObject)
    /// A thread or a light userdata, which Swift only passes on.
    case other(LuaOpaque)

    /// The name of the value's type as messages give it: "integer" and "number" apart, objects by
    /// the name of their own type.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .table: "table"
        case .function: "function"
        case .object(let object): object.typeName
        case .other(let value): value.typeName
        }
    }

    /// Whether it is nil.
    public var isNil: Bool {
        if case .nil = self { true } else { false }
    }
}

/// A value that Swift cannot look into.
public struct LuaOpaque {
    let reference: LuaReference
    /// The name of its type, as Lua gives it.
    public let typeName: String
}
