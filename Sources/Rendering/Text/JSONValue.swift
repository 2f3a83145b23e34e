/// A JSON document in memory, for writing.
///
/// Unlike what `Encodable` gives, an object keeps the order of its names, integers are exact, and
/// a number that JSON cannot hold (NaN and the infinities) becomes `null`.
///
/// Source: RFC 8259.
package enum JSONValue: Equatable, Sendable {
    /// No value.
    case null
    /// `true` or `false`.
    case flag(Bool)
    /// Written digit by digit.
    case integer(Int64)
    /// Written so that it reads back the same; `null` where it is not finite.
    case number(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Names with values, in order.
    case object([Member])

    /// A name and its value. Names are not checked for being unique.
    package struct Member: Equatable, Sendable {
        /// The name, as it is before it is escaped.
        package let name: String
        /// What stands behind the name.
        package let value: JSONValue

        /// A value under a name.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The document as text.
    ///
    /// - Parameters:
    ///   - isIndented: two spaces a level and one value a line, for people; else without spaces.
    ///   - isSafeInHTML: with `<` and `&` escaped, so that the text can stand in a script element,
    ///     read as HTML or as XML.
    /// - Complexity: O(length of the text).
    package func serialized(isIndented: Bool = false, isSafeInHTML: Bool = false) -> String {
        var writer = JSONWriter(isIndented: isIndented, isSafeInHTML: isSafeInHTML)
        writer.write(self)
        return writer.text
    }
}

private struct JSONWriter {
    let isIndented: Bool
    let isSafeInHTML: Bool
    var text = ""
    private var depth = 0

    init(isIndented: Bool, isSafeInHTML: Bool) {
        self.isIndented = isIndented
        self.isSafeInHTML = isSafeInHTML
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .integer(let integer): text += String(integer)
        case .number(let number): text += number.isFinite ? number.description : "null"
        case .string(let string): write(string)
        case .array(let values):
            write(values, opening: "[", closing: "]") { $0.write($1) }
        case .object(let members):
            write(members, opening: "{", closing: "}") { writer, member in
                writer.write(member.name)
                writer.text += writer.isIndented ? ": " : ":"
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element], opening open: String, closing close: String,
        element body: (inout JSONWriter, Element) -> Void
    ) {
        text += open
        depth += 1
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            startLine()
            body(&self, element)
        }
        depth -= 1
        if !elements.isEmpty { startLine() }
        text += close
    }

    private mutating func startLine() {
        guard isIndented else { return }
        text += "\n" + String(repeating: "  ", count: depth)
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "<" where isSafeInHTML: text += "\\u003c"
            case "&" where isSafeInHTML: text += "\\u0026"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
