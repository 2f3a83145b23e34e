/// The reports of one bracket's trials at one level, ranked.
///
/// Ranks are worked out when one is asked for: folding a study to look at its front asks for
/// none, and they cost more than all else about a report. A ranking depends only on what it was
/// told and in which order, so when it is told changes nothing.
struct Rung: Sendable {
    let level: Resource
    /// The trial of every entry, in the order of recording.
    private(set) var trials: [Int] = []
    /// How many of them are valid.
    private var validCount = 0
    private var ranking: any RungRanking
    /// The costs of the last entries, which the ranking has not been told of, one after the other.
    private var unranked: [Double] = []
    /// Which entries have come to wait or ceased to since, in order.
    private var changes: [(entry: Int, isWaiting: Bool)] = []

    init(level: Resource, ranking: any RungRanking) {
        self.level = level
        self.ranking = ranking
    }

    /// Records a trial once, by its costs and its violations of constraints; returns the number of its
    /// entry. Amortised O(objectives).
    mutating func record(trial: Int, costs: [Double]) -> Int {
        trials.append(trial)
        unranked.append(contentsOf: costs)
        if costs.allSatisfy(\.isFinite) { validCount += 1 }
        return trials.count - 1
    }

    /// How many of the trials a quota is taken of.
    func competitors(under rules: RungRules) -> Int {
        switch rules {
        case .first: trials.count
        case .second, .third, .fourth: validCount
        }
    }

    /// - Parameter competitors: of how many the quota is taken.
    mutating func standing(
        of entry: Int, competitors: Int, quota: Int, isInvalid: Bool
    ) -> Standing {
        rankAll()
        let (rank, ahead) = ranking.standing(of: entry, limit: Standing.aheadLimit)
        return Standing(
            rank: rank, outOf: competitors, quota: quota, ahead: ahead.map { trials[$0] },
            isInvalid: isInvalid)
    }

    /// The entry of the best trial among the first `quota` that waits here to be promoted.
    mutating func firstPromotable(quota: Int) -> Int? {
        rankAll()
        return ranking.firstOpen(among: quota)
    }

    /// Says whether an entry's trial waits here to be promoted. Amortised O(1).
    mutating func setWaiting(_ entry: Int, _ isWaiting: Bool) {
        changes.append((entry, isWaiting))
    }

    /// Tells the ranking what it has not been told yet.
    mutating func rankAll() {
        if !unranked.isEmpty {
            ranking.record(contentsOf: unranked, count: trials.count - ranking.count)
            unranked.removeAll(keepingCapacity: true)
        }
        guard !changes.isEmpty else { return }
        for change in changes { ranking.setOpen(change.entry, change.isWaiting) }
        changes.removeAll(keepingCapacity: true)
    }
}
