internal import DeterministicMath

/// Where a range lies in log space.
struct LogSpan: Hashable, Sendable {
    /// ln lo.
    let start: Double
    /// ln(hi / lo).
    let length: Double

    init(_ lo: Double, _ hi: Double) {
        start = Elementary.log(lo)
        length = Self.distance(to: hi, from: lo, start: start)
    }

    /// ln(value / lo) with the `lo` of the range.
    func distance(to value: Double, from lo: Double) -> Double {
        Self.distance(to: value, from: lo, start: start)
    }

    /// Also where the two are near to each other, or their ratio overflows.
    private static func distance(to value: Double, from lo: Double, start: Double) -> Double {
        let ratio = (value - lo) / lo
        return ratio < 1 ? LogScale.log(onePlus: ratio) : Elementary.log(value) - start
    }
}
