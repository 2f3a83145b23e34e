internal import Engine
internal import Results
internal import Running

/// Tells the observer what happens to trials, in the order of the virtual clock: at `info` how each left its
/// slot, at `debug` also how it came there and what was decided at rungs.
struct EventNarrator {
    private let observer: any RunObserver
    private let tellsDetails: Bool

    /// - Returns: nil where the observer shows nothing of it.
    init?(_ observer: any RunObserver) {
        guard observer.leastLevel < .notice else { return nil }
        self.observer = observer
        tellsDetails = observer.leastLevel <= .debug
    }

    /// - Parameter state: the study with the event.
    func tell(_ event: Event, in state: StudyState) {
        if tellsDetails, let (id, text) = detail(event, state) {
            observer.log(.debug, "trial \(id): \(text)")
        }
        guard let id = event.trialLeavingSlot, let trial = state.trial(id) else { return }
        observer.log(.info, Self.end(of: trial, state))
    }

    private func detail(_ event: Event, _ state: StudyState) -> (trial: Int, text: String)? {
        switch event {
        case .started(let start):
            let parameters = start.configuration.entries.map { "\($0.path) = \($0.value.shown)" }
            let list = parameters.isEmpty ? "constants alone" : parameters.joined(separator: ", ")
            return (start.trial, "started with \(list)")
        case .decided(let decision):
            return (decision.trial, Self.sentence(.decided(decision), decision.trial, state))
        case .promoted(let promotion):
            return (promotion.trial, Self.sentence(.promoted(promotion), promotion.trial, state))
        case .created, .reported, .ended, .retried, .extended, .interrupted, .finished, .resumed:
            return nil
        }
    }

    private static func sentence(_ step: Explanation.Step, _ trial: Int, _ state: StudyState)
        -> String
    {
        state.trial(trial).map { state.sentence(for: step, of: $0, number: \.shown) } ?? ""
    }

    /// `trial 7 completed at epoch 9: accuracy 0.95, time 0.003`
    private static func end(of trial: Trial, _ state: StudyState) -> String {
        let title = "trial \(trial.id) \(trial.state.rawValue)"
        guard let last = trial.reports.last else { return "\(title) without a report" }
        let values = state.definition.objectives.map {
            "\($0.name) \((last.metrics[$0.name] ?? .real(.nan)).shown)"
        }
        return "\(title) at \(state.definition.hyperband.timeAttribute) \(last.resource): "
            + values.joined(separator: ", ")
    }
}

extension Event {
    /// The trial that has no slot any more with this event, if one has not.
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
