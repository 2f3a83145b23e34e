/// The integers `lo`, `lo + step` … up to `hi`; any range of 64-bit integers, ends included.
public struct IntDomain: Hashable, Sendable {
    /// The least value.
    public let lo: Int
    /// The greatest value allowed.
    public let hi: Int
    /// Sampled uniformly in log space.
    public let log: Bool
    /// The distance of the values, at least 1.
    public let step: Int
    /// The value of the first configuration: as given, else the prior's, else the middle of the range, in log space
    /// when `log`. Halves round to even, as ConfigSpace (under AutoGluon) does.
    public let defaultValue: Int
    /// Where the best values are believed to lie; nil where nothing is known.
    public let prior: Prior?

    /// - Parameter parameter: the name that errors give.
    /// - Throws: `SettingError` when `lo > hi`, `step < 1`, `log` with `lo < 1`, or a default that
    ///   the domain does not contain.
    public init(
        _ lo: Int, _ hi: Int, log: Bool = false, step: Int = 1, default given: Int? = nil,
        prior: Prior? = nil, parameter: String = "Int"
    ) throws {
        guard lo <= hi else {
            throw SettingError(
                field: parameter, expected: "lo <= hi", got: "lo = \(lo), hi = \(hi)")
        }
        guard !log || lo > 0 else {
            throw SettingError(field: parameter, expected: "lo > 0 with log", got: "lo = \(lo)")
        }
        guard step > 0 else {
            throw SettingError(field: parameter, expected: "step > 0", got: "step = \(step)")
        }
        (self.lo, self.hi, self.log, self.step) = (lo, hi, log, step)
        try prior?.check(from: Double(lo), to: Double(hi), parameter: parameter)
        self.prior = prior
        defaultValue =
            given ?? prior.map { Self.nearest($0.value, from: lo, to: hi, step: step) }
            ?? Self.middle(lo, hi, log: log, step: step)
        guard contains(defaultValue) else {
            throw SettingError(
                field: parameter, expected: "a default in \(self)", got: "\(defaultValue)")
        }
    }

    /// Whether `value` is one of the domain's.
    public func contains(_ value: Int) -> Bool {
        lo <= value && value <= hi && Self.distance(lo, value) % UInt(step) == 0
    }

    /// Whether every value of `other` is one of this domain's.
    func contains(_ other: IntDomain) -> Bool {
        contains(other.lo) && other.hi <= hi
            && (other.lastIndex == 0 || other.step.isMultiple(of: step))
    }

    /// How many values there are less one (the full range of `Int` has 2^64, one too many to count).
    var lastIndex: UInt { Self.distance(lo, hi) / UInt(step) }

    /// The value number `index`, counted from 0.
    func value(at index: UInt) -> Int {
        Int(bitPattern: UInt(bitPattern: lo) &+ index &* UInt(step))
    }

    /// One value at random.
    ///
    /// With `log`, the value v is as likely as the length of log space between the midpoints to its
    /// neighbours. The ends get a whole cell too (rounding exp of a uniform in [log lo, log hi]
    /// would give them half of one), so every integer is treated alike.
    func sample(_ stream: inout RandomStream, by arithmetic: LogArithmetic) -> Int {
        guard log else {
            let last = lastIndex
            return value(at: UInt(last == .max ? stream.next() : stream.below(UInt64(last) + 1)))
        }
        let length = Double(lastIndex) * Double(step)
        let cells = LogCells(lo: Double(lo), step: Double(step), length: length)
        while true {
            let distance = cells.sample(&stream, by: arithmetic)
            let index = index(at: distance, cells, &stream)
            if let index, index <= lastIndex { return value(at: index) }
        }
    }

    /// The cell at that distance from the low end; nil above the range of `Int`.
    private func index(
        at distance: Double, _ cells: LogCells, _ stream: inout RandomStream
    ) -> UInt? {
        guard distance >= 0x1p53 else { return UInt(cells.index(at: distance)) }
        // From 2^53 on doubles are further apart than integers: the integers between two of them
        // are drawn uniformly, or most could never come.
        guard distance < 0x1p63 else { return nil }
        let exact = UInt(distance) + UInt(stream.below(UInt64(distance.ulp)))
        let offset = exact - min(exact, UInt(cells.margin))
        let (index, remainder) = offset.quotientAndRemainder(dividingBy: UInt(step))
        return remainder > UInt(step) / 2 ? index + 1 : index
    }

    /// How far `high` is above `low`.
    static func distance(_ low: Int, _ high: Int) -> UInt {
        UInt(bitPattern: high) &- UInt(bitPattern: low)
    }

    /// The value nearest to a number between the ends.
    private static func nearest(
        _ value: Double, from lo: Int, to hi: Int, step: Int
    ) -> Int {
        let last = distance(lo, hi) / UInt(step)
        let index = ((value - Double(lo)) / Double(step)).rounded()
        return Int(
            bitPattern: UInt(bitPattern: lo)
                &+ min(UInt(exactly: max(0, index)) ?? last, last) &* UInt(step))
    }

    private static func middle(_ lo: Int, _ hi: Int, log: Bool, step: Int) -> Int {
        let last = distance(lo, hi) / UInt(step)
        let at = { (index: UInt) in Int(bitPattern: UInt(bitPattern: lo) &+ index &* UInt(step)) }
        if log {
            let mean = LogMiddle.of(Double(lo), Double(hi))
            let index = ((mean - Double(lo)) / Double(step)).rounded(.toNearestOrEven)
            return at(min(last, UInt(max(0, index))))
        }
        let lower = at(last / 2)
        return last % 2 == 0 || lower % 2 == 0 ? lower : at(last / 2 + 1)
    }
}

extension IntDomain: CustomStringConvertible {
    public var description: String {
        "Int(\(lo), \(hi)\(log ? ", log" : "")\(step == 1 ? "" : ", step \(step)")"
            + "\(prior.map { ", prior \($0)" } ?? ""))"
    }
}
