internal import Engine

/// A parameter of a statement, as the server gets it.
enum QueryParameter {
    case null
    /// A text, or the text form of any type.
    case text(String)
    /// The content of a `bytea`.
    case bytes([UInt8])

    /// The text form of an array, without a zero byte.
    case array([UInt8])

    static func integer(_ value: Int) -> QueryParameter { .text("\(value)") }

    /// A `double precision`, whose shortest text is exact.
    static func resource(_ value: Resource) -> QueryParameter { .text("\(value)") }

    /// A `double precision[]`.
    static func resources(_ values: [Resource?]) -> QueryParameter {
        array(values) { $1 += "\($0)".utf8 }
    }

    /// A `bigint[]`.
    static func integers(_ values: [Int?]) -> QueryParameter {
        array(values) { $1 += String($0).utf8 }
    }

    /// A `double precision[]`.
    static func reals(_ values: [Double]) -> QueryParameter {
        array(values) { $1 += "\($0)".utf8 }
    }

    /// A `text[]`. A zero byte, which no text of the server's can hold, is sent as U+FFFD.
    static func texts(_ values: [String?]) -> QueryParameter {
        array(values) { value, bytes in
            bytes.append(UInt8(ascii: "\""))
            for byte in value.utf8 {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    bytes.append(UInt8(ascii: "\\"))
                    bytes.append(byte)
                case 0: bytes += "\u{fffd}".utf8
                default: bytes.append(byte)
                }
            }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private static func array<Element>(
        _ values: [Element?], _ write: (Element, inout [UInt8]) -> Void
    ) -> QueryParameter {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        bytes.reserveCapacity(16 * values.count)
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let value { write(value, &bytes) } else { bytes += "NULL".utf8 }
        }
        bytes.append(UInt8(ascii: "}"))
        return .array(bytes)
    }

    /// The bytes that are sent; nil for NULL. A text ends with a zero byte and holds none: one inside is
    /// sent as U+FFFD.
    var sent: [UInt8]? {
        switch self {
        case .null: nil
        case .bytes(let bytes): bytes
        case .array(let bytes): bytes + [0]
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
