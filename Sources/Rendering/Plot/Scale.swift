import Foundation

/// Maps the values of an axis to its length.
struct Scale: Equatable {
    let isLogarithmic: Bool
    /// The values at the two ends of the axis.
    let lower: Double
    let upper: Double
    /// All values are whole, so that a tick between them would mean nothing.
    let isWhole: Bool

    /// The scale on which all of `values` lie, with a margin at both ends.
    ///
    /// - Parameter values: finite.
    /// - Complexity: O(values).
    init(fitting values: [Double], _ kind: ScatterPlot.ScaleKind) {
        let smallest = values.min() ?? 0
        let largest = values.max() ?? 1
        isLogarithmic =
            switch kind {
            case .linear: false
            case .logarithmic: smallest > 0
            case .automatic: Self.wantsLogarithm(values, from: smallest, to: largest)
            }
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

    private static func wantsLogarithm(
        _ values: [Double], from smallest: Double, to largest: Double
    ) -> Bool {
        guard smallest > 0, largest / smallest >= 100 else { return false }
        let tenth = smallest + (largest - smallest) / 10
        return values.count { $0 < tenth } * 2 >= values.count
    }

    /// Where a value lies between the two ends, 0 at the lower and 1 at the upper one.
    func position(_ value: Double) -> Double {
        if isLogarithmic {
            return (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
        }
        return (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    }
}
