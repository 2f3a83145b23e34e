internal import LuaBridge
internal import NN
internal import Platform

extension ClassLabel {
    var luaTree: LuaTree {
        switch self {
        case .integer(let value): .integer(value)
        case .real(let value): .number(value)
        case .string(let value): .text(value)
        case .boolean(let value): .boolean(value)
        }
    }

    /// - Parameter charge: pays for the text of one.
    init(_ value: LuaValue, _ owner: String, payingBy charge: MemoryCharge) throws {
        switch value {
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .real(value)
        case .boolean(let value): self = .boolean(value)
        case .string(let bytes):
            try charge.add(bytes.bytes.count, purpose: "the text of a label")
            guard let text = bytes.text else { fallthrough }
            self = .string(text)
        default:
            throw LuaError("\(owner): expected a number, a string or a boolean, got \(value.shown)")
        }
    }
}

extension [ClassLabel] {
    /// The labels as values of Lua's, each text copied once.
    ///
    /// - Parameter charge: pays for the texts, to be held as long as the values.
    /// - Throws: `OutOfMemory`.
    func luaTrees(_ charge: MemoryCharge) throws -> [LuaTree] {
        try map { label in
            if case .string(let text) = label {
                try charge.add(text.utf8.count, purpose: "the texts of labels")
            }
            return label.luaTree
        }
    }
}
