package import Engine

/// What a log says of what happens to trials.
package struct EventText {
    private let state: StudyState

    /// - Parameter state: the study with the events that are told.
    package init(_ state: StudyState) { self.state = state }

    /// How a trial came into its slot, or what was decided at a rung; nil for every other event.
    package func detail(of event: Event) -> (trial: Int, text: String)? {
        switch event {
        case .started(let start):
            let parameters = start.configuration.entries.map { "\($0.path) = \($0.value.shown)" }
            let list = parameters.isEmpty ? "constants alone" : parameters.joined(separator: ", ")
            return (start.trial, "started with \(list)")
        case .decided(let decision):
            return (decision.trial, sentence(for: .decided(decision), of: decision.trial))
        case .promoted(let promotion):
            return (promotion.trial, sentence(for: .promoted(promotion), of: promotion.trial))
        case .created, .reported, .ended, .retried, .extended, .interrupted, .finished, .resumed:
            return nil
        }
    }

    /// `trial 7 completed at epoch 9: accuracy 0.95, time 0.003`; nil where the event takes no trial
    /// out of its slot.
    package func end(of event: Event) -> String? {
        guard let id = event.trialLeavingSlot, let trial = state.trial(id) else { return nil }
        let title = "trial \(trial.id) \(trial.state.rawValue)"
        guard let last = trial.reports.last else { return "\(title) without a report" }
        let values = state.definition.objectives.map {
            "\($0.name) \((last.metrics[Name($0.name)] ?? .real(.nan)).shown)"
        }
        return "\(title) at \(state.definition.hyperband.timeAttribute) \(last.resource): "
            + values.joined(separator: ", ")
    }

    private func sentence(for step: Explanation.Step, of trial: Int) -> String {
        state.trial(trial).map { ExplanationText(state).sentence(for: step, of: $0) } ?? ""
    }
}

extension Event {
    /// The trial that loses its slot with this event, if one does.
    fileprivate var trialLeavingSlot: Int? {
        switch self {
        case .decided(let decision): decision.verdict == .continue ? nil : decision.trial
        case .ended(let end): end.trial
        case .created, .started, .reported, .promoted, .retried, .extended, .interrupted, .finished,
            .resumed:
            nil
        }
    }
}
