/// A `Double` whose coding keeps NaN and the infinities, which JSON has no numbers for.
struct JSONDouble: Codable {
    var value: Double

    init(_ value: Double) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let named = Self.named[text] else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "expected nan, inf or -inf, got \(text)")
            }
            value = named
        } else {
            value = try container.decode(Double.self)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if value.isFinite {
            try container.encode(value)
        } else {
            try container.encode(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf")
        }
    }

    private static let named: [String: Double] = [
        "nan": .nan, "inf": .infinity, "-inf": -.infinity,
    ]
}
