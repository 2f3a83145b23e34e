internal import LuaBridge
internal import NN

extension ClassLabel {
    var luaTree: LuaTree {
        switch self {
        case .integer(let value): .integer(value)
        case .real(let value): .number(value)
        case .string(let value): .text(value)
        case .boolean(let value): .boolean(value)
        }
    }

    init(_ value: LuaValue, _ owner: String) throws {
        switch value {
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .real(value)
        case .boolean(let value): self = .boolean(value)
        case .string(let bytes) where bytes.text != nil: self = .string(bytes.text!)
        default:
            throw LuaError("\(owner): expected a number, a string or a boolean, got \(value.shown)")
        }
    }
}
