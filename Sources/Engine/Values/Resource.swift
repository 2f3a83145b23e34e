/// How much of the resource a trial has used: epochs, seconds, a share of the data.
///
/// Exact: a whole number is kept as an integer of any size, and any other as the `Double` it was
/// given as, so that a resource can be the key of a report.
///
/// ```swift
/// let epochs: Resource = 27           // prints as 27, never as 27.0
/// let seconds: Resource = 12.5
/// ```
///
/// Invariant: `fraction` is at least 0 and below 1.
public struct Resource: Hashable, Sendable {
    /// The greatest integer that is not above it.
    public let whole: Int
    /// What is left of it above `whole`.
    public let fraction: Double

    /// A whole number.
    public init(_ whole: Int) { (self.whole, fraction) = (whole, 0) }

    /// This number, exactly if it is not below 0; nil where it is not finite or is outside the range
    /// of `Int`.
    public init?(_ number: Double) {
        let floor = number.rounded(.down)
        guard let whole = Int(exactly: floor) else { return nil }
        // No bit of a positive number lies below those of its fraction. What a tiny negative number
        // is above −1 rounds to 1.
        (self.whole, fraction) = (whole, min(number - floor, 1.0.nextDown))
    }

    /// Exactly this number; nil as above.
    public init?(_ number: Number) {
        switch number {
        case .integer(let whole): self.init(whole)
        case .real(let real): self.init(real)
        }
    }

    private init(whole: Int, fraction: Double) {
        (self.whole, self.fraction) = (whole, fraction)
    }

    /// Whether it is a whole number.
    public var isWhole: Bool { fraction == 0 }

    /// The nearest `Double`; the number itself but for integers above 2^53.
    public var double: Double { Double(whole) + fraction }

    /// The same number: an integer where it is whole.
    public var number: Number { isWhole ? .integer(whole) : .real(double) }

    /// More than any resource that a study may ask for.
    static let unlimited = Resource(.max)
}

extension Resource: Comparable, CustomStringConvertible {
    public static func < (left: Resource, right: Resource) -> Bool {
        left.whole == right.whole
            ? left.fraction < right.fraction : left.whole < right.whole
    }

    public var description: String { isWhole ? "\(whole)" : "\(double)" }
}

extension Resource: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A whole number.
    public init(integerLiteral value: Int) { self.init(value) }

    /// - Precondition: the number is finite and within the range of `Int`.
    public init(floatLiteral value: Double) {
        guard let resource = Resource(value) else {
            preconditionFailure("a resource is finite, got \(value)")
        }
        self = resource
    }
}

extension Resource {
    /// The sum: exact for whole numbers, else rounded as the fractions are; the end of the range
    /// where it would be outside.
    public static func + (left: Resource, right: Resource) -> Resource {
        let (whole, overflow) = left.whole.addingReportingOverflow(right.whole)
        guard !overflow else { return Resource(left.whole < 0 ? .min : .max) }
        guard left.fraction != 0 || right.fraction != 0 else { return Resource(whole) }
        return normalized(whole, left.fraction + right.fraction)
    }

    /// The difference, as the sum.
    public static func - (left: Resource, right: Resource) -> Resource {
        let (whole, overflow) = left.whole.subtractingReportingOverflow(right.whole)
        guard !overflow else { return Resource(left.whole < 0 ? .min : .max) }
        guard left.fraction != 0 || right.fraction != 0 else { return Resource(whole) }
        return normalized(whole, left.fraction - right.fraction)
    }

    /// Adds to it.
    public static func += (left: inout Resource, right: Resource) { left = left + right }

    /// - Parameter fraction: above −1 and below 2.
    private static func normalized(_ whole: Int, _ fraction: Double) -> Resource {
        let carry = fraction.rounded(.down)
        // Below 1 but for what rounding makes of a tiny negative number.
        let rest = min(fraction - carry, 1.0.nextDown)
        let (sum, overflow) = whole.addingReportingOverflow(Int(carry))
        return overflow ? Resource(whole) : Resource(whole: sum, fraction: rest)
    }
}
