internal import Engine

/// A parameter of a statement, as the server gets it.
enum QueryParameter {
    case null
    /// A text, or the text form of any type.
    case text(String)
    /// The content of a `bytea`.
    case bytes([UInt8])

    static func integer(_ value: Int) -> QueryParameter { .text("\(value)") }

    /// A `double precision`, whose shortest text is exact.
    static func resource(_ value: Resource) -> QueryParameter { .text("\(value)") }

    /// A `double precision[]`.
    static func resources(_ values: [Resource?]) -> QueryParameter {
        .text("{" + values.map { $0.map { "\($0)" } ?? "NULL" }.joined(separator: ",") + "}")
    }

    /// A `bigint[]`.
    static func integers(_ values: [Int?]) -> QueryParameter {
        .text("{" + values.map { $0.map(String.init) ?? "NULL" }.joined(separator: ",") + "}")
    }

    /// A `double precision[]`.
    static func reals(_ values: [Double]) -> QueryParameter {
        .text("{" + values.map { "\($0)" }.joined(separator: ",") + "}")
    }

    /// A `text[]`.
    static func texts(_ values: [String?]) -> QueryParameter {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            guard let value else {
                bytes += "NULL".utf8
                continue
            }
            bytes.append(UInt8(ascii: "\""))
            for byte in value.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    bytes.append(UInt8(ascii: "\\"))
                }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    /// The bytes that are sent; nil for NULL. A text ends with a zero byte and holds none: one inside is
    /// sent as U+FFFD.
    var sent: [UInt8]? {
        switch self {
        case .null: nil
        case .bytes(let bytes): bytes
        case .text(let text):
            text.utf8.contains(0)
                ? Array(
                    text.split(separator: "\0", omittingEmptySubsequences: false)
                        .joined(separator: "\u{fffd}").utf8) + [0]
                : Array(text.utf8) + [0]
        }
    }

    var isBinary: Bool { if case .bytes = self { true } else { false } }
}
