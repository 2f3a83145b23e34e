internal import LuaBridge

/// What waits until the journal has kept it: so that many reports share one transaction.
struct GroupCommit {
    /// No report waits longer, in seconds, half of what is promised.
    private static let longest = Duration.milliseconds(10)

    /// Trials whose reporter returns once all is kept.
    private(set) var trials: [Int] = []
    private var since: ContinuousClock.Instant?
    /// Why nothing can be kept any more.
    var failure: LuaError?

    /// Something was written that is not kept yet.
    var isDue: Bool { since != nil }
    /// It has waited as long as it may.
    var isOverdue: Bool { since.map { $0.duration(to: .now) >= Self.longest } ?? false }

    mutating func hasMore() { if since == nil { since = .now } }

    mutating func wait(_ trial: Int) { trials.append(trial) }

    /// All is kept; gives the trials that waited for it.
    mutating func isKept() -> [Int] {
        defer { (trials, since) = ([], nil) }
        return trials
    }

    /// - Throws: why nothing can be kept any more.
    func rethrow() throws { if let failure { throw failure } }
}
