import RealModule

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
    func sample(_ stream: inout RandomStream) -> Double {
        let u = stream.unit()
        let ratio = width / low
        if ratio < 1 { return low * Double.expMinusOne(u * Double.log(onePlus: ratio)) }
        let start = Double.log(low)
        return max(0, Double.exp(start + u * (Double.log(low + width) - start)) - low)
    }

    /// The number of the cell at that distance from the low end.
    func index(at distance: Double) -> Double { max(0, ((distance - margin) / step).rounded()) }
}
