/// The reports of one bracket's trials at one level, ranked.
struct Rung: Sendable {
    let level: Int
    /// The trial of every entry, in the order of recording.
    private(set) var trials: [Int] = []
    private var ranking: any RungRanking

    init(level: Int, ranking: any RungRanking) {
        self.level = level
        self.ranking = ranking
    }

    /// Records a trial once; returns the number of its entry.
    mutating func record(trial: Int, costs: [Double]) -> Int {
        trials.append(trial)
        ranking.record(costs)
        return trials.count - 1
    }

    func standing(of entry: Int, quota: Int, isInvalid: Bool) -> Standing {
        Standing(
            rank: ranking.rank(of: entry), outOf: trials.count, quota: quota,
            ahead: ranking.ahead(of: entry, limit: Standing.aheadLimit).map { trials[$0] },
            isInvalid: isInvalid)
    }

    /// The entry of the best trial among the first `quota` that waits here to be promoted.
    func firstPromotable(quota: Int) -> Int? { ranking.firstOpen(among: quota) }

    /// Says whether an entry's trial waits here to be promoted.
    mutating func setWaiting(_ entry: Int, _ isWaiting: Bool) { ranking.setOpen(entry, isWaiting) }
}
