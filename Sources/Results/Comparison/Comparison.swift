package import Engine

/// The same experiment under several settings and seeds: how much of the hypervolume that all of them
/// found together each had found after how much resource.
///
/// All runs share one reference point, the default one of all their reports that joined a front, so that
/// their hypervolumes can be compared. A share is relative to the front of all runs together, which
/// has 1.
package struct Comparison: Sendable {
    /// One of the settings, with its runs.
    package struct Entry: Sendable {
        /// What the settings are called.
        package let name: String
        /// One trace for each seed, in the order of the seeds.
        package let runs: [FrontTrace]

        /// The runs under settings of that name.
        ///
        /// - Parameter runs: at least one, as many for each entry, of the same seeds in one order.
        package init(name: String, runs: [FrontTrace]) {
            (self.name, self.runs) = (name, runs)
        }
    }

    /// What settings have reached.
    package struct Result: Sendable {
        /// What the settings are called.
        package let name: String
        /// The mean share for each budget.
        package let shares: [BootstrapInterval]
        /// The mean over the seeds of the rank at the greatest budget: 1 is the best, of equals the mean.
        package let meanRank: Double
        /// The mean resource that a run has spent.
        package let spent: Double
        /// The least resource after which the mean share is at least the least one of all settings at the
        /// greatest budget.
        package let levelAfter: Resource
    }

    /// The experiment's name.
    package let study: String
    /// How many seeds each was run with.
    package let seeds: Int
    /// The resource at which the runs are compared, in ascending order: every run has spent that much.
    package let budgets: [Resource]
    /// The best mean rank first.
    package let results: [Result]

    /// Compares runs of one experiment.
    ///
    /// - Parameter entries: at least one; their runs have the same objectives.
    package init(_ entries: [Entry]) {
        let runs = entries.flatMap(\.runs)
        precondition(!runs.isEmpty, "a comparison of nothing")
        study = runs[0].study
        seeds = entries[0].runs.count
        let budgets = Self.budgets(of: runs)
        let scale = ShareScale(runs)
        // Shape [entry][seed][budget].
        let shares = entries.map { entry in
            entry.runs.map { run in budgets.map { scale.share(of: run.values(within: $0)) } }
        }
        let ranks = Self.meanRanks(shares.map { $0.map { $0.last ?? 0 } })
        func meanShare(_ entry: Entry, within budget: Resource) -> Double {
            entry.runs.reduce(0) { $0 + scale.share(of: $1.values(within: budget)) }
        }
        let least = entries.map { meanShare($0, within: budgets.last ?? 0) }.min() ?? 0
        self.budgets = budgets
        results = entries.indices.map { entry in
            Result(
                name: entries[entry].name,
                shares: budgets.indices.map { budget in
                    BootstrapInterval(shares[entry].map { $0[budget] })
                },
                meanRank: ranks[entry],
                spent: entries[entry].runs.reduce(0 as Resource) { $0 + $1.spent }.double
                    / Double(entries[entry].runs.count),
                levelAfter: Self.leastBudget(upTo: budgets.last ?? 0) {
                    meanShare(entries[entry], within: $0) >= least
                })
        }.sorted { $0.meanRank < $1.meanRank }
    }

    /// Multiples of the most resource of a trial, up to what every run has spent.
    static func budgets(of runs: [FrontTrace]) -> [Resource] {
        let common = runs.map(\.spent).min() ?? 0
        let unit = runs.map(\.maxResource).min() ?? 1
        let multiples = [0.5, 1, 2.5, 5, 10, 15, 25, 50, 100, 250, 500, 1000]
        // In integers, unless a trial's maximum is none.
        let budgets = multiples.compactMap { multiple in
            let budget = Resource(multiple * unit.double)
            return unit.isWhole ? budget.map { Resource($0.whole) } : budget
        }
        return budgets.filter { $0 > 0 && $0 < common } + [common]
    }

    /// The least budget for which a condition holds that holds for `most` and, from some budget on, for
    /// all: to a whole number, or to a thousandth of `most` where that is none.
    private static func leastBudget(
        upTo most: Resource, where holds: (Resource) -> Bool
    ) -> Resource {
        let steps = most.isWhole ? most.whole : 1_000
        func budget(_ step: Int) -> Resource {
            most.isWhole
                ? Resource(step)
                : Resource(most.double * Double(step) / Double(steps)) ?? most
        }
        var (low, high) = (0, steps)
        while low < high {
            let middle = (low + high) / 2
            if holds(budget(middle)) { high = middle } else { low = middle + 1 }
        }
        return budget(low)
    }

    /// - Parameter shares: shape [entry][seed].
    /// - Returns: the mean rank of each entry, 1 for the greatest share; of equals the mean rank.
    static func meanRanks(_ shares: [[Double]]) -> [Double] {
        shares.indices.map { entry in
            let ranks = shares[entry].indices.map { seed in
                let own = shares[entry][seed]
                let all = shares.map { $0[seed] }
                let better = all.count { $0 > own }
                let equal = all.count { $0 == own }
                return Double(better) + Double(equal + 1) / 2
            }
            return ranks.reduce(0, +) / Double(ranks.count)
        }
    }
}

/// Hypervolumes as shares of that of the front of all runs.
private struct ShareScale {
    let objectives: [Objective]
    let reference: [Double]
    let all: Double

    init(_ runs: [FrontTrace]) {
        objectives = runs[0].objectives
        let points = runs.flatMap { $0.steps.map(\.values) }
        reference = Pareto.defaultReference(points, objectives: objectives)
        all = Self.volume(points, objectives: objectives, reference: reference)
    }

    func share(of points: [[Double]]) -> Double {
        all > 0 ? Self.volume(points, objectives: objectives, reference: reference) / all : 0
    }

    private static func volume(
        _ points: [[Double]], objectives: [Objective], reference: [Double]
    ) -> Double {
        let front = Pareto.front(points, objectives: objectives.map(\.strict)).map { points[$0] }
        return (try? Pareto.hypervolume(front, objectives: objectives, reference: reference)) ?? 0
    }
}

extension Objective {
    /// The same without a tolerance.
    fileprivate var strict: Objective { (try? Objective(name, direction)) ?? self }
}
