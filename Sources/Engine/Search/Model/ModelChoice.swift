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

    /// What takes the slot.
    package var action: Action
    /// Why.
    package var reason: SlotReason

    /// A choice without a model.
    package init(_ action: Action, _ rule: SlotReason.Rule) {
        (self.action, reason) = (action, SlotReason(rule))
    }
}

extension PreparedModel {
    /// A judgement in the objectives' own units, of a paused trial or, without one, of a candidate.
    package func expectation(
        _ judgement: Judgement, of subject: Subject, trial: Int?
    ) -> SlotReason.Expectation {
        let outlook = outlook(for: subject, at: judgement.level)
        let deviations = outlook.means.indices.map { j in
            let deviation = outlook.deviations[j] / deviationFactor
            let (low, high) = (outlook.means[j] - deviation, outlook.means[j] + deviation)
            return (scale.cost(warped: high, j) - scale.cost(warped: low, j)) / 2
        }
        return .init(
            trial: trial, index: judgement.index, resource: levels[judgement.level],
            costs: outlook.means.enumerated().map { scale.cost(warped: $1, $0) },
            deviations: deviations, feasibility: feasibility(of: subject, at: judgement.level))
    }
}
