internal import Engine

/// Tells of what happens to trials, in the order of the virtual clock: at `info` how each left its
/// slot, at `debug` also how it came there and what was decided at rungs.
struct EventLog {
    let observer: any RunObserver

    /// - Parameter state: the study with the event.
    func tell(_ event: Event, in state: StudyState) {
        if observer.leastLevel <= .debug, let (id, text) = detail(event, state) {
            observer.log(.debug, "trial \(id): \(text)")
        }
        guard let id = event.trialLeavingSlot, let trial = state.trial(id) else { return }
        observer.log(.info, Self.end(of: trial, state))
    }

    private func detail(_ event: Event, _ state: StudyState) -> (trial: Int, text: String)? {
        switch event {
        case .started(let start):
            (start.trial, "started with \(start.configuration)")
        case .decided(let decision):
            (decision.trial, state.sentence(for: .decided(decision), of: decision.trial))
        case .promoted(let promotion):
            (promotion.trial, state.sentence(for: .promoted(promotion), of: promotion.trial))
        case .created, .reported, .ended, .retried, .extended, .interrupted, .finished: nil
        }
    }

    /// `trial 7 completed at epoch 9: accuracy 0.95, time 0.003`
    private static func end(of trial: Trial, _ state: StudyState) -> String {
        let title = "trial \(trial.id) \(trial.state.rawValue)"
        guard let last = trial.reports.last else { return "\(title) without a report" }
        let values = state.definition.objectives.map {
            "\($0.name) \(last.metrics[$0.name] ?? .real(.nan))"
        }
        return "\(title) at \(state.definition.hyperband.timeAttribute) \(last.resource): "
            + values.joined(separator: ", ")
    }
}

extension Event {
    /// The trial that has no slot any more with this event, if one has not.
    fileprivate var trialLeavingSlot: Int? {
        switch self {
        case .decided(let decision): decision.verdict == .goesOn ? nil : decision.trial
        case .ended(let end): end.trial
        case .created, .started, .reported, .promoted, .retried, .extended, .interrupted, .finished:
            nil
        }
    }
}
