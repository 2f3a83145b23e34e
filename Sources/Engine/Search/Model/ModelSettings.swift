/// The constants of the model that chooses configurations and paused trials.
///
/// Source: found by experiment on learning curves of neural networks (the `lcbench` tasks of YAHPO
/// Gym); most decisions hardly depend on any of them.
package struct ModelSettings: Hashable, Sendable {
    /// So many trials start before the model decides, all drawn at random but the first.
    package var firstTrials = 8
    /// The same where earlier studies are known.
    package var firstTrialsWithEarlier = 3
    /// The share of new trials that are drawn at random after that.
    package var randomShare = 0.05
    /// One in this many of the lowest level continues in any case, the one of highest index.
    package var lowestQuota = 4
    /// One in this many of each other level continues in any case.
    package var quota = 3
    /// At most so many records train the model, and so many fit its kernel.
    package var trainingLimit = 64
    /// At most so many paused trials are compared.
    package var pausedLimit = 64
    /// At most so many trials that run are taken account of, those that started or continued last.
    package var runningLimit = 32
    /// Standard deviations are multiplied by this, since a model of few points is overconfident.
    package var deviationFactor = 2.0
    /// Below this number of trials the kernel keeps the means of its prior.
    package var firstFit = 30
    /// The kernel is fitted again when the trials have grown by this factor.
    package var fitGrowth = 1.2
    /// The gain of an objective is 0 at this quantile of the values of a level.
    package var referenceQuantile = 0.95
    /// How many directions the hypervolume is taken along.
    package var directions = 32
    /// How many candidates are drawn uniformly.
    package var uniformCandidates = 16
    /// How many candidates are mutants of the front's configurations.
    package var frontMutants = 48
    /// How many mutants of the best candidates each further generation has.
    package var bestMutants = 40
    /// How far the mutants of each further generation lie from the best, as a standard deviation.
    package var generations = [0.1, 0.03]

    /// How many trials a prior weighs as much as: the index of a candidate is multiplied by the
    /// prior's density to the power of this over the number of trials with a record.
    package var priorWeight = 10.0

    /// How many objectives a model can have.
    package static let mostObjectives = 64
    /// How many coordinates a model's points can have: a decision takes time for each, and distances
    /// say nothing long before.
    package static let mostParameters = 1000

    /// One in so many of the lowest level continues in any case, by the reduction factor.
    package static func lowestQuota(_ reductionFactor: Int) -> Int {
        reductionFactor == .max ? .max : reductionFactor + 1
    }

    /// The defaults, with the quotas of a reduction factor.
    package init(reductionFactor: Int = 3) {
        (lowestQuota, quota) = (Self.lowestQuota(reductionFactor), reductionFactor)
    }
}
