/// A value as a user gave it, in a table of a script or on the command line, before a setting reads
/// it.
package enum PlainValue: Hashable, Sendable {
    /// `true` or `false` in a table.
    case boolean(Bool)
    /// An integer in a table.
    case integer(Int)
    /// A number with a point or an exponent in a table.
    case number(Double)
    /// A string in a table.
    case text(String)
    /// A string that is not valid UTF-8 or holds a NUL, as a message shows it.
    case bytes(String)
    /// An array in a table.
    case list([PlainValue])
    /// A word of the command line, which may stand for a text, a number or a boolean.
    case word(String)
    /// Anything else, as a message shows it: `a function`.
    case other(String)

    /// The value as a message shows it.
    package var shown: String {
        switch self {
        case .boolean(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .text(let text): "\"\(text.shown())\""
        case .bytes(let shown), .other(let shown): shown
        case .list: "an array"
        case .word(let word): asNumber == nil ? "\"\(word.shown())\"" : word.shown()
        }
    }

    /// The integer that this is; `3.0` is one and `3.5` is not.
    package var asInteger: Int? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int(exactly: number)
        case .word(let word): Int(word) ?? Double(word).flatMap { Int(exactly: $0) }
        default: nil
        }
    }

    /// The number that this is.
    package var asNumber: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        case .word(let word): Double(word)
        default: nil
        }
    }

    /// The boolean that this is.
    var asBoolean: Bool? {
        switch self {
        case .boolean(let flag): flag
        case .word(let word): Bool(word)
        default: nil
        }
    }

    /// The text that this is.
    var asText: String? {
        switch self {
        case .text(let text), .word(let text): text
        default: nil
        }
    }
}
