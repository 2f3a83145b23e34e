import Engine

extension Value: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .string(value) }
}
