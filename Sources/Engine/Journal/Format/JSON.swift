/// A JSON value, as the event format uses it: integers stay exact, and an object's names are
/// written in their order.
package enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case real(Double)
    case text(String)
    case array([JSON])
    case object([Name: JSON])

    /// The value of a name; nil where there is none, or this is no object.
    package subscript(name: Name) -> JSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// A value of this kind in words.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .real: "a number"
        case .text: "a text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// What is written in the event format and cannot be read.
package struct FormatError: Error, CustomStringConvertible {
    /// What is wrong, and with which field.
    package let description: String

    init(_ description: String) { self.description = description }

    init(_ field: String, expected: String, got: JSON?) {
        self.init("\(field): expected \(expected), got \(got?.kind ?? "nothing")")
    }
}

extension JSON {
    // MARK: Writing

    /// The value as text, the same bytes for the same value.
    package var written: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += "\(value)".utf8
        case .real(let value): bytes += Self.text(of: value).utf8
        case .text(let value): Self.write(value, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key < $1.key }
            for (index, (name, value)) in sorted.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(name.text, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// The shortest text that gives the number again. A whole number has no fraction; NaN and the
    /// infinities, for which JSON has no numbers, are texts.
    private static func text(of value: Double) -> String {
        guard value.isFinite else {
            return value.isNaN ? "\"nan\"" : value < 0 ? "\"-inf\"" : "\"inf\""
        }
        if value == value.rounded(), abs(value) < 0x1p53, value != 0 || value.sign == .plus {
            return "\(Int(value))"
        }
        return "\(value)"
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0a: bytes += "\\n".utf8
            case 0x0c: bytes += "\\f".utf8
            case 0x0d: bytes += "\\r".utf8
            case 0..<0x20:
                bytes += "\\u00".utf8
                bytes.append(hexadecimal(byte >> 4))
                bytes.append(hexadecimal(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
