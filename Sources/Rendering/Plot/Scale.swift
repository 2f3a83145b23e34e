import Foundation

/// Maps the values of an axis to its length.
struct Scale: Equatable {
    let isLogarithmic: Bool
    /// The values at the two ends of the axis.
    let lower: Double
    let upper: Double
    /// All values are whole, so that a tick between them would mean nothing.
    let isWhole: Bool

    /// The scale on which all of `values` lie that are no outliers, with a margin at both ends.
    ///
    /// One value far out leaves the others no room. So an axis with a good end goes no further than
    /// five times the distance from the best value to the median, measured on the scale that is
    /// drawn, behind the median. Where the median is the best value, and without a good end, the
    /// axis shows all.
    ///
    /// - Parameters:
    ///   - values: finite.
    ///   - kind: which scale is asked for.
    ///   - goal: which end is the good one.
    /// - Complexity: O(values · log values).
    init(fitting values: [Double], _ kind: ScatterPlot.ScaleKind, goal: ScatterPlot.Goal?) {
        isLogarithmic = Self.isLogarithmic(values, kind, goal: goal)
        let values = Self.withoutOutliers(values, goal, isLogarithmic: isLogarithmic)
        let smallest = values.min() ?? 0
        let largest = values.max() ?? 1
        isWhole = values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e9 }
        let margin = 0.05
        if isLogarithmic {
            let (low, high) = (log10(smallest), log10(largest))
            let pad = high > low ? (high - low) * margin : 0.5
            lower = max(pow(10, low - pad), .leastNonzeroMagnitude)
            upper = min(pow(10, high + pad), .greatestFiniteMagnitude)
        } else {
            // Halves, because the whole range of two large numbers may be infinite.
            let half = largest / 2 - smallest / 2
            let isOneValue = half <= max(abs(smallest), abs(largest)) * 1e-12
            let pad = isOneValue ? max(abs(largest) * 0.1, 0.1) : half * 2 * margin
            let limit = Double.greatestFiniteMagnitude
            lower = max(smallest - min(pad, limit / 16), -limit)
            upper = min(largest + min(pad, limit / 16), limit)
        }
    }

    /// As above, but with outliers where one is needed, or where they are more than one in twenty and so
    /// none.
    ///
    /// - Parameter needed: values that must not lie beyond an end.
    init(fitting values: [Double], needed: [Double], axis: ScatterPlot.Axis) {
        let narrow = Scale(fitting: values, axis.scale, goal: axis.goal)
        let beyond = values.count { !narrow.contains($0) }
        let isEnough = beyond * 20 <= values.count && needed.allSatisfy(narrow.contains)
        self = isEnough ? narrow : Scale(fitting: values, axis.scale, goal: nil)
    }

    /// A linear scale between two finite values, the lower one first.
    init(from lower: Double, to upper: Double, isWhole: Bool) {
        (isLogarithmic, self.lower, self.upper, self.isWhole) = (false, lower, upper, isWhole)
    }

    private static func isLogarithmic(
        _ values: [Double], _ kind: ScatterPlot.ScaleKind, goal: ScatterPlot.Goal?
    ) -> Bool {
        switch kind {
        case .linear: false
        case .logarithmic: (values.min() ?? 0) > 0
        case .automatic:
            // Once with the outliers and once without: one value alone makes no axis logarithmic.
            wantsLogarithm(values)
                && wantsLogarithm(withoutOutliers(values, goal, isLogarithmic: true))
        }
    }

    private static func withoutOutliers(
        _ values: [Double], _ goal: ScatterPlot.Goal?, isLogarithmic: Bool
    ) -> [Double] {
        guard let goal, values.count > 1 else { return values }
        func cost(_ value: Double) -> Double {
            let place = isLogarithmic ? log10(value) : value
            return goal == .lower ? place : -place
        }
        let costs = values.map(cost).sorted()
        let best = costs[0]
        let median = costs[(costs.count - 1) / 2] / 2 + costs[costs.count / 2] / 2
        guard median > best else { return values }
        // Eighths, because the limit may be infinite.
        let limit = median / 8 + 5 * (median / 8 - best / 8)
        return values.filter { cost($0) / 8 <= limit }
    }

    private static func wantsLogarithm(_ values: [Double]) -> Bool {
        guard let smallest = values.min(), let largest = values.max(), smallest > 0,
            largest / smallest >= 100
        else { return false }
        let tenth = smallest + (largest - smallest) / 10
        return values.count { $0 < tenth } * 2 >= values.count
    }

    /// Whether a value lies between the two ends.
    func contains(_ value: Double) -> Bool { value >= lower && value <= upper }

    /// Where a value lies between the two ends, 0 at the lower and 1 at the upper one; what lies beyond
    /// an end is drawn at it.
    func position(_ value: Double) -> Double {
        if value <= lower { return 0 }
        if value >= upper { return 1 }
        if isLogarithmic {
            return (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
        }
        return (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    }
}
