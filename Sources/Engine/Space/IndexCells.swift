/// A grid of values, each with a cell of its own, laid out over 0…1.
///
/// Without log the cells are equally long. With it, the value v = lo + index · step has the cell
/// from v to v + step of log space, and its middle is v + step / 2.
struct IndexCells: Sendable {
    /// How many cells there are.
    private let count: Double
    /// The length of a cell as a share of the least value, with log.
    private let relativeStep: Double?
    /// The length of all cells in log space.
    private let length: Double

    /// Cells of one length.
    init(count: Double) { (self.count, relativeStep, length) = (count, nil, 0) }

    private init(count: Double, relativeStep: Double) {
        (self.count, self.relativeStep) = (count, relativeStep)
        length = LogScale.log(onePlus: count * relativeStep)
    }

    init(_ domain: IntDomain) {
        let count = Double(domain.lastIndex) + 1
        self =
            domain.log
            ? IndexCells(count: count, relativeStep: Double(domain.step) / Double(domain.lo))
            : IndexCells(count: count)
    }

    /// The cells of a grid; nil for a continuum.
    init?(_ domain: RealDomain) {
        guard let step = domain.step, let count = domain.count.map(Double.init) else { return nil }
        // So fine a grid above so small a value is uniform but for its first cell.
        let relativeStep = step / domain.lo
        self =
            domain.log && (count * relativeStep).isFinite
            ? IndexCells(count: count, relativeStep: relativeStep) : IndexCells(count: count)
    }

    /// The middle of the cell number `index`, counted from 0.
    func middle(of index: Double) -> Double {
        guard let relativeStep else { return (index + 0.5) / count }
        return LogScale.log(onePlus: (index + 0.5) * relativeStep) / length
    }

    /// The number of the cell that `fraction`, from 0 to 1, lies in.
    func index(at fraction: Double) -> Double {
        guard fraction < 1 else { return count - 1 }
        let place =
            relativeStep.map { LogScale.expMinusOne(fraction * length) / $0 }
            ?? fraction * count
        return min(place.rounded(.down), count - 1)
    }
}

extension IntDomain {
    /// The index of the value nearest to a number; the ends for what is beyond them, nil for NaN.
    func index(nearest number: Number) -> UInt? {
        guard let value = nearest(number) else { return nil }
        let (index, rest) = Self.distance(lo, value).quotientAndRemainder(
            dividingBy: UInt(step))
        return rest > UInt(step) / 2 ? min(index + 1, lastIndex) : index
    }

    private func nearest(_ number: Number) -> Int? {
        switch number {
        case .integer(let value): return min(max(value, lo), hi)
        case .real(let value):
            guard !value.isNaN else { return nil }
            if value <= Double(lo) { return lo }
            if value >= Double(hi) { return hi }
            return min(max(Int(exactly: value.rounded()) ?? hi, lo), hi)
        }
    }
}
