/// Log space over a grid `lo`, `lo + step` …, cut into one cell for each grid value: from the
/// midpoint to the value before it to the midpoint to the value after it.
struct LogCells {
    /// How far the lowest cell reaches below `lo`: half a step, yet not to zero, where log space
    /// ends.
    let margin: Double
    private let low: Double
    private let width: Double
    private let step: Double

    /// - Parameter length: the distance from `lo` to the last grid value.
    init(lo: Double, step: Double, length: Double) {
        margin = min(step / 2, lo / 2)
        low = lo - margin
        width = margin + length + step / 2
        self.step = step
    }

    /// A point whose logarithm is uniform over all cells, as the distance from the low end of the
    /// lowest cell. As a distance, since of a short range high up the logarithms are all alike.
    func sample(_ stream: inout RandomStream, by arithmetic: LogArithmetic) -> Double {
        let u = stream.unit()
        let ratio = width / low
        if ratio < 1 {
            return low * arithmetic.expMinusOne(u * arithmetic.log(onePlus: ratio))
        }
        let start = arithmetic.log(low)
        let length = arithmetic.log(low + width) - start
        return max(0, arithmetic.exp(start + u * length) - low)
    }

    /// The number of the cell at that distance from the low end.
    func index(at distance: Double) -> Double { max(0, ((distance - margin) / step).rounded()) }
}
