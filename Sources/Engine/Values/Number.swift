/// A number a trial reports: integers stay exact, reals may be NaN or infinite.
public enum Number: Hashable, Sendable {
    case integer(Int)
    case real(Double)

    /// The number as a `Double`; integers above 2^53 are rounded.
    public var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        }
    }

    /// The number as an integer when it is one exactly (`3` and `3.0` are, `3.5` and NaN are not).
    public var integer: Int? {
        switch self {
        case .integer(let value): value
        case .real(let value): Int(exactly: value)
        }
    }

    /// The same number as a value.
    public var value: Value {
        switch self {
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        }
    }

    public static func == (left: Number, right: Number) -> Bool { left.value == right.value }

    public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}

extension Number: CustomStringConvertible {
    public var description: String { value.description }
}

extension Number: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// An integer.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A real.
    public init(floatLiteral value: Double) { self = .real(value) }
}
