/// The reals from `lo` to `hi`, both included; with `step`, only `lo`, `lo + step` … up to `hi`.
public struct RealDomain: Hashable, Sendable {
    /// The least value.
    public let lo: Double
    /// The greatest value allowed.
    public let hi: Double
    /// Sampled uniformly in log space.
    public let log: Bool
    /// The distance of the values; nil for every real.
    public let step: Double?
    /// The value of the first configuration: as given, else the prior's, else the middle of the range, in log space
    /// when `log` (on the grid when there is a step).
    public let defaultValue: Double
    /// Where the best values are believed to lie; nil where nothing is known.
    public let prior: Prior?
    /// The range in log space, where it is drawn there.
    let logSpan: LogSpan?

    /// - Parameter parameter: the name that errors give.
    /// - Throws: `SettingError` for bounds that are not finite, `lo > hi`, `log` with `lo <= 0`, a
    ///   step that is not positive or too fine to count, or a default out of range or off the grid.
    public init(
        _ lo: Double, _ hi: Double, log: Bool = false, step: Double? = nil,
        default given: Double? = nil, prior: Prior? = nil, parameter: String = "Real"
    ) throws {
        guard lo.isFinite, hi.isFinite, lo <= hi else {
            throw SettingError(
                field: parameter, expected: "finite lo <= hi", got: "lo = \(lo), hi = \(hi)")
        }
        guard !log || lo > 0 else {
            throw SettingError(field: parameter, expected: "lo > 0 with log", got: "lo = \(lo)")
        }
        if let step {
            guard step > 0, step.isFinite, (hi / step - lo / step) < 0x1p53 else {
                throw SettingError(
                    field: parameter, expected: "step > 0 with fewer than 2^53 values",
                    got: "step = \(step)")
            }
        }
        (self.lo, self.hi, self.log, self.step) = (lo, hi, log, step)
        logSpan = log ? LogSpan(lo, hi) : nil
        try prior?.check(from: lo, to: hi, parameter: parameter)
        self.prior = prior
        let grid = Grid(lo: lo, hi: hi, step: step)
        let middle = log ? LogMiddle.of(lo, hi) : lo + (hi / 2 - lo / 2)
        defaultValue = given ?? grid.nearest(min(max(prior?.value ?? middle, lo), hi))
        guard lo <= defaultValue, defaultValue <= hi, grid.contains(defaultValue) else {
            throw SettingError(
                field: parameter, expected: "a default in \(self)", got: "\(defaultValue)")
        }
    }

    /// Whether `value` is one of the domain's, up to rounding on a grid.
    public func contains(_ value: Double) -> Bool {
        lo <= value && value <= hi && grid.contains(value)
    }

    /// Whether every value of `other` is one of this domain's. A grid is taken to contain only a
    /// grid of the same step that begins on it.
    func contains(_ other: RealDomain) -> Bool {
        guard lo <= other.lo, other.hi <= hi else { return false }
        return step == nil || (step == other.step && grid.contains(other.lo))
    }

    /// How many values there are; nil for a continuum.
    var count: Int? {
        if lo == hi { return 1 }
        return step == nil ? nil : grid.lastIndex + 1
    }

    /// The value number `index` of a domain that can be counted.
    func value(at index: Int) -> Double { grid.value(at: index) }

    /// One value at random; with a step and `log`, every grid value gets its cell of log space.
    func sample(_ stream: inout RandomStream, by arithmetic: LogArithmetic) -> Double {
        if lo == hi { return lo }
        guard let step else {
            let u = stream.unit()
            guard log else { return min(max(lo * (1 - u) + hi * u, lo), hi) }
            let low = arithmetic.log(lo)
            return min(max(arithmetic.exp(low + u * (arithmetic.log(hi) - low)), lo), hi)
        }
        let grid = grid
        guard log else {
            return grid.value(at: Int(stream.below(UInt64(grid.lastIndex) + 1)))
        }
        let length = grid.value(at: grid.lastIndex) - lo
        let cells = LogCells(lo: lo, step: step, length: length)
        let index = cells.index(at: cells.sample(&stream, by: arithmetic))
        return grid.value(at: Int(min(index, Double(grid.lastIndex))))
    }

    private var grid: Grid { Grid(lo: lo, hi: hi, step: step) }
}

/// The values `lo + k·step`; without a step, every real.
private struct Grid {
    let lo: Double
    let hi: Double
    let step: Double?

    /// The index of the last value; 0 without a step.
    var lastIndex: Int {
        guard let step else { return 0 }
        // 0.3 / 0.1 is a hair below 3, yet 0.3 is meant to be on the grid.
        let steps = hi / step - lo / step
        return Int((steps + 1e-9 * max(1, steps)).rounded(.down))
    }

    func value(at index: Int) -> Double {
        guard let step else { return lo }
        return min(lo + Double(index) * step, hi)
    }

    func nearest(_ x: Double) -> Double {
        guard let step else { return x }
        let index = (x / step - lo / step).rounded(.toNearestOrEven)
        return value(at: Int(min(max(index, 0), Double(lastIndex))))
    }

    func contains(_ x: Double) -> Bool {
        guard let step else { return true }
        return abs(nearest(x) - x) <= 1e-9 * step
    }
}

extension RealDomain: CustomStringConvertible {
    public var description: String {
        "Real(\(lo), \(hi)\(log ? ", log" : "")\(step.map { ", step \($0)" } ?? "")"
            + "\(prior.map { ", prior \($0)" } ?? ""))"
    }
}
