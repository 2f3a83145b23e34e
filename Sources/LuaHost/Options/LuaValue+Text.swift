internal import LuaBridge
internal import Settings

extension LuaValue {
    /// The value as a message shows it: `"max"`, 3.5, nil, a table.
    var shown: String {
        switch self {
        case .nil: "nil"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "\"\(value.shown)\""
        default: "a \(typeName)"
        }
    }
}

extension LuaString {
    /// The text as a message quotes it: the start of a long one.
    var shown: String {
        // A scalar has at most four bytes.
        LuaString(bytes: Array(bytes.prefix(4 * shownLength + 4))).description.shown()
    }

    /// The text of what is to serve as a name or a path; nil where it is not valid UTF-8 or holds a
    /// NUL, which C would take for its end.
    var textWithoutNUL: String? { text.flatMap { $0.utf8.contains(0) ? nil : $0 } }
}

extension LuaCall {
    /// Argument `position` as a path: C would take a NUL for its end.
    func path(_ position: Int) throws -> String {
        let text = try text(position)
        guard !text.utf8.contains(0) else {
            throw LuaError("a path without NUL expected", at: .argument(position))
        }
        return text
    }
}
