/// Booleans, integers and strings stand for themselves in the coding; everything else is an object
/// with one key that names its kind, so that 1 and 1.0 stay apart.
extension Value: Codable {
    private enum Kind: String, CodingKey {
        case real, bytes, list, map, opaque
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .boolean(let value): try encodePlain(value, to: encoder)
        case .integer(let value): try encodePlain(value, to: encoder)
        case .string(let value): try encodePlain(value, to: encoder)
        case .real(let value): try encodeTagged(JSONDouble(value), as: .real, to: encoder)
        case .bytes(let value): try encodeTagged(value, as: .bytes, to: encoder)
        case .list(let value): try encodeTagged(value, as: .list, to: encoder)
        case .map(let value): try encodeTagged(value, as: .map, to: encoder)
        case .opaque(let value): try encodeTagged(value, as: .opaque, to: encoder)
        }
    }

    public init(from decoder: any Decoder) throws {
        if let plain = try? decoder.singleValueContainer() {
            if let value = try? plain.decode(Bool.self) {
                self = .boolean(value)
                return
            }
            if let value = try? plain.decode(Int.self) {
                self = .integer(value)
                return
            }
            if let value = try? plain.decode(String.self) {
                self = .string(value)
                return
            }
        }
        self = try Self.tagged(decoder.container(keyedBy: Kind.self))
    }

    private static func tagged(_ container: KeyedDecodingContainer<Kind>) throws -> Value {
        switch container.allKeys.first {
        case .real: .real(try container.decode(JSONDouble.self, forKey: .real).value)
        case .bytes: .bytes(try container.decode([UInt8].self, forKey: .bytes))
        case .list: .list(try container.decode([Value].self, forKey: .list))
        case .map: .map(try container.decode([String: Value].self, forKey: .map))
        case .opaque: .opaque(try container.decode(String.self, forKey: .opaque))
        case nil:
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "no known kind of value"))
        }
    }

    private func encodePlain<T: Encodable>(_ value: T, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    private func encodeTagged<T: Encodable>(
        _ value: T, as kind: Kind, to encoder: any Encoder
    ) throws {
        var container = encoder.container(keyedBy: Kind.self)
        try container.encode(value, forKey: kind)
    }
}
