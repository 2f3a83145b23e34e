/// What a reported metric must keep for its report to be feasible (`constraints`).
public struct Constraint: Hashable, Sendable {
    /// The name under which the metric is reported.
    public let metric: String
    /// The least value that is allowed (`min`).
    public let minimum: Double?
    /// The greatest value that is allowed (`max`).
    public let maximum: Double?

    /// - Throws: `SettingError` under the name `constraints` when the name is empty, and under
    ///   `constraints.NAME` when there is no bound, one is not finite, or the least is above the
    ///   greatest.
    public init(_ metric: String, minimum: Double? = nil, maximum: Double? = nil) throws {
        guard !metric.isEmpty else {
            throw SettingError(field: "constraints", expected: "a name", got: "an empty one")
        }
        let field = "constraints.\(metric)"
        guard minimum != nil || maximum != nil else {
            throw SettingError(field: field, expected: "min or max", got: "neither")
        }
        for (name, bound) in [("min", minimum), ("max", maximum)] {
            if let bound, !bound.isFinite {
                throw SettingError(
                    field: "\(field).\(name)", expected: "a finite number", got: "\(bound)")
            }
        }
        if let minimum, let maximum, minimum > maximum {
            throw SettingError(
                field: field, expected: "min of at most max", got: "\(minimum) and \(maximum)")
        }
        (self.metric, self.minimum, self.maximum) = (metric, minimum, maximum)
    }

    /// How far a value is beyond its bound, 0 where it is not; NaN for one that is not finite, as a
    /// report of that is invalid.
    public func violation(of value: Double) -> Double {
        let beyond = excess(of: value)
        return beyond.isNaN ? beyond : max(0, beyond)
    }

    /// How far a value is beyond its nearest bound; negative where it keeps all bounds; NaN for one
    /// that is not finite.
    package func excess(of value: Double) -> Double {
        guard value.isFinite else { return .nan }
        let beyond = max(
            minimum.map { $0 - value } ?? -.infinity, maximum.map { value - $0 } ?? -.infinity)
        // At most the greatest number, so that it stays finite.
        return min(max(beyond, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }
}

extension Constraint: CustomStringConvertible {
    /// `n_parameters at most 10000.0`
    public var description: String {
        let bounds = [minimum.map { "at least \($0)" }, maximum.map { "at most \($0)" }]
        return "\(metric) " + bounds.compactMap(\.self).joined(separator: " and ")
    }
}
