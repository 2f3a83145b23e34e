internal import DeterministicMath

/// The place of a value between the ends of its domain, in log space with `log`.
extension RealDomain {
    /// From 0 at `lo` to 1 at `hi`, ½ where the ends are one; nil for NaN.
    func fraction(of value: Double) -> Double? {
        guard !value.isNaN else { return nil }
        guard lo < hi else { return 0.5 }
        if value <= lo { return 0 }
        if value >= hi { return 1 }
        guard let logSpan else { return Self.share(of: value, lo, hi) }
        return min(logSpan.distance(to: value, from: lo) / logSpan.length, 1)
    }

    /// The value at a fraction from 0 to 1; the ends are exact.
    func value(atFraction fraction: Double) -> Double {
        if fraction <= 0 || lo == hi { return lo }
        if fraction >= 1 { return hi }
        guard let logSpan else { return min(max(lo * (1 - fraction) + hi * fraction, lo), hi) }
        let distance = fraction * logSpan.length
        let value =
            distance < 0.5
            ? lo + lo * LogScale.expMinusOne(distance)
            : Elementary.exp(logSpan.start + distance)
        return min(max(value, lo), hi)
    }

    /// The index of the grid value nearest to `value`; 0 without a step, nil for NaN.
    func index(nearest value: Double) -> Double? {
        guard !value.isNaN, let step, let count else { return nil }
        let place = min(max(value, lo), hi) / step - lo / step
        return min(max(place.rounded(.toNearestOrEven), 0), Double(count - 1))
    }

    /// The range may be wider than the greatest double.
    private static func share(of value: Double, _ lo: Double, _ hi: Double) -> Double {
        let span = hi - lo
        return span.isFinite ? (value - lo) / span : (value / 2 - lo / 2) / (hi / 2 - lo / 2)
    }
}
