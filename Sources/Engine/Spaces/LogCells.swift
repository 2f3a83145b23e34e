import RealModule

/// Log space over a grid `lo`, `lo + step` … `last`, cut into one cell for each grid value.
struct LogCells {
    private let low: Double
    private let high: Double

    init(lo: Double, step: Double, last: Double) {
        // The lowest cell ends half a step below `lo`, yet above zero, where log space ends.
        low = Double.log(lo - min(step / 2, lo / 2))
        high = Double.log(last + step / 2)
    }

    /// A point whose logarithm is uniform over all cells; the caller finds the cell.
    func sample(_ stream: inout RandomStream) -> Double {
        Double.exp(low + stream.unit() * (high - low))
    }
}
