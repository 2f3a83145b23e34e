/// Where the best values of a number are believed to lie (`prior`).
///
/// A search by chance draws half of the values around it. A model starts there and believes it the
/// less the more it has seen.
///
/// Source: Hvarfner et al. 2022, "πBO: augmenting acquisition functions with user beliefs for
/// Bayesian optimization".
public struct Prior: Hashable, Sendable {
    /// How sure the belief is.
    public enum Confidence: String, Hashable, Sendable, CaseIterable {
        case low, medium, high

        /// The standard deviation as a share of the range, in log space with `log`.
        var deviation: Double {
            switch self {
            case .low: 0.5
            case .medium: 0.25
            case .high: 0.125
            }
        }
    }

    /// The value that is believed to be best.
    public let value: Double
    /// How sure the belief is.
    public let confidence: Confidence

    /// A belief.
    public init(_ value: Double, confidence: Confidence = .medium) {
        (self.value, self.confidence) = (value, confidence)
    }

    /// - Throws: `SettingError` when the value is not between the ends.
    func check(from lo: Double, to hi: Double, parameter: String) throws {
        guard lo <= value, value <= hi else {
            throw SettingError(
                field: parameter, expected: "a prior from \(lo) to \(hi)", got: "\(value)")
        }
    }
}

extension Prior: CustomStringConvertible {
    /// `0.001 (medium)`
    public var description: String { "\(value) (\(confidence.rawValue))" }
}

/// A prior on a coordinate of the unit cube: a normal distribution, cut off at 0 and 1.
package struct CoordinatePrior: Hashable, Sendable {
    /// The coordinate that is believed to be best.
    package let center: Double
    /// The standard deviation.
    package let deviation: Double

    /// A normal distribution around `center`.
    package init(center: Double, deviation: Double) {
        (self.center, self.deviation) = (center, deviation)
    }

    /// So many draws beyond the ends are drawn again; then the end is taken.
    private static let attempts = 32

    /// A coordinate at random.
    package func draw(_ stream: inout RandomStream) -> Double {
        var drawn = center
        for _ in 0..<Self.attempts {
            drawn = center + deviation * stream.normal()
            if (0...1).contains(drawn) { return drawn }
        }
        return min(max(drawn, 0), 1)
    }

    /// The square of how many standard deviations a coordinate is away.
    package func squaredDistance(to coordinate: Double) -> Double {
        let distance = (coordinate - center) / deviation
        return distance * distance
    }
}
