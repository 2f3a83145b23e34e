import Engine

extension Value: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .string(value) }
}

extension Value: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int) { self = .integer(value) }
}

extension Value: ExpressibleByFloatLiteral {
    init(floatLiteral value: Double) { self = .real(value) }
}
