/// What the model says about a free slot.
package struct ModelChoice: Hashable, Sendable {
    /// What takes the slot.
    package enum Action: Hashable, Sendable {
        /// A paused trial continues.
        case resume(trial: Int)
        /// A new trial starts with this point of the unit cube.
        case start(point: [Double])
        /// A new trial starts with a configuration as it is drawn without a model.
        case startAtRandom
        /// The slot stays free.
        case leaveFree
    }

    /// Which rule decided.
    package enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
        /// Too few trials have a record, or have started.
        case few
        /// The first trial runs through, as soon as no other has waited longer, so that its values at
        /// the maximum are known.
        case first
        /// A new trial is drawn at random now and then.
        case random
        /// A share of each level continues.
        case due
        /// The greatest index.
        case index
        /// No new trial can start, and nothing is known to compare the paused ones by.
        case lowest
        /// Nothing can start or continue.
        case nothing
    }

    /// What the model expects of a paused trial or of a configuration.
    package struct Expectation: Hashable, Sendable, Codable {
        /// The trial; nil for a configuration that would be new.
        package let trial: Int?
        /// The expected gain for a unit of cost.
        package let index: Double
        /// The resource it is judged at.
        package let resource: Int
        /// What each cost is expected to be there.
        package let costs: [Double]
        /// How far from that each cost is likely to be: half of the width of an interval of one
        /// standard deviation to each side.
        package let deviations: [Double]
    }

    /// What takes the slot.
    package var action: Action
    /// Why.
    package var rule: Rule
    /// What was expected of it; nil where no model decided.
    package var chosen: Expectation?
    /// What came second; nil where there was nothing else.
    package var runnerUp: Expectation?
    /// How many paused trials were compared.
    package var compared = 0
    /// The kernels' parameters where they were fitted for this decision.
    package var fit: KernelFit?

    /// A choice without a model.
    package init(_ action: Action, _ rule: Rule) { (self.action, self.rule) = (action, rule) }
}

extension PreparedModel {
    /// A judgement in the objectives' own units, of a paused trial or, without one, of a candidate.
    func expectation(
        _ judgement: Judgement, of subject: Subject, trial: Int?
    ) -> ModelChoice.Expectation {
        let outlook = outlook(for: subject, at: judgement.level)
        let deviations = outlook.means.indices.map { j in
            let deviation = outlook.deviations[j] / deviationFactor
            let (low, high) = (outlook.means[j] - deviation, outlook.means[j] + deviation)
            return (scale.cost(warped: high, j) - scale.cost(warped: low, j)) / 2
        }
        return .init(
            trial: trial, index: judgement.index, resource: levels[judgement.level],
            costs: outlook.means.enumerated().map { scale.cost(warped: $1, $0) },
            deviations: deviations)
    }
}
