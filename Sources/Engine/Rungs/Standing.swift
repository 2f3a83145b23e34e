/// Where a trial stood in a rung at one moment.
///
/// Every decision holds one, so it is kept small: 36 bytes, with nothing outside of it.
public struct Standing: Hashable, Sendable {
    private let counts: (rank: Int32, outOf: Int32, quota: Int32)
    /// Trials ahead, best first; 0 behind the last.
    private let leaders: (Int32, Int32, Int32, Int32, Int32)
    /// Whether an objective was NaN or infinite, which ranks behind every valid report.
    public let isInvalid: Bool

    /// An event stays of bounded size however large the rung.
    public static let aheadLimit = 5

    /// - Parameter ahead: trials, best first; those beyond `aheadLimit` are left out.
    package init(rank: Int, outOf: Int, quota: Int, ahead: [Int], isInvalid: Bool) {
        func leader(_ place: Int) -> Int32 {
            place < ahead.count ? Int32(clamping: ahead[place]) : 0
        }
        counts = (Int32(clamping: rank), Int32(clamping: outOf), Int32(clamping: quota))
        leaders = (leader(0), leader(1), leader(2), leader(3), leader(4))
        self.isInvalid = isInvalid
    }

    /// - Parameter leaders: trials ahead, best first, and 0 behind the last.
    package init(
        rank: Int, outOf: Int, quota: Int, leaders: (Int, Int, Int, Int, Int), isInvalid: Bool
    ) {
        counts = (Int32(clamping: rank), Int32(clamping: outOf), Int32(clamping: quota))
        self.leaders = (
            Int32(clamping: leaders.0), Int32(clamping: leaders.1), Int32(clamping: leaders.2),
            Int32(clamping: leaders.3), Int32(clamping: leaders.4)
        )
        self.isInvalid = isInvalid
    }

    /// One more than the number of trials strictly ahead.
    public var rank: Int { Int(counts.rank) }
    /// How many valid trials were recorded at the rung; an invalid one ranks behind all of them. In a
    /// study under the first rules all trials count.
    public var outOf: Int { Int(counts.outOf) }
    /// How many of them may continue.
    public var quota: Int { Int(counts.quota) }
    /// Whether it is among those that may continue; ties are.
    public var isWithinQuota: Bool { rank <= quota }
    /// The best of the trials ahead, best first, at most `Standing.aheadLimit`.
    public var ahead: [Int] {
        [leaders.0, leaders.1, leaders.2, leaders.3, leaders.4].filter { $0 > 0 }.map { Int($0) }
    }

    /// The same without an array.
    package func forEachAhead(_ body: (Int) -> Void) {
        let (first, second, third, fourth, fifth) = leaders
        if first > 0 { body(Int(first)) }
        if second > 0 { body(Int(second)) }
        if third > 0 { body(Int(third)) }
        if fourth > 0 { body(Int(fourth)) }
        if fifth > 0 { body(Int(fifth)) }
    }

    public static func == (left: Standing, right: Standing) -> Bool {
        left.counts == right.counts && left.leaders == right.leaders
            && left.isInvalid == right.isInvalid
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(counts.rank)
        hasher.combine(counts.outOf)
        hasher.combine(leaders.0)
    }
}
