import DequeModule

/// Taking reports: those of this process, and those that an earlier one received.
extension Conductor {
    /// Puts a report on its trial's line and says what the trial does meanwhile.
    mutating func take(_ arrival: ReceivedReport) {
        let id = arrival.trial
        guard let (reached, time) = active[id].map({ ($0.resource, $0.time) }) else { return }
        let hyperband = state.definition.hyperband
        let isLast = arrival.resource >= hyperband.maxResource
        let report = Report(
            resource: arrival.resource, metrics: arrival.metrics,
            time: time
                &+ hyperband.steps(
                    from: min(reached, hyperband.maxResource), to: arrival.resource))
        // The trial has waited at every rung before, so all of those are committed.
        let isWaiting =
            !isLast
            && !state.rungsReached(by: state.trials[id - 1], at: arrival.resource).isEmpty
        // In its place: a copy of the trial would share its line, which the report would then copy.
        active[id]?.take(
            report, attempt: arrival.attempt, isLast: isLast, isWaiting: isWaiting)
        arrive(id)
        instruct(id, isLast ? .complete : isWaiting ? .wait : .continue)
    }

    /// Takes what an earlier process received, as far as its trials are in slots and do not wait.
    mutating func takeInbox() throws {
        guard !inbox.isEmpty else { return }
        var isDone = false
        while !isDone, state.endReason == nil {
            isDone = true
            let arrivals = inbox
            inbox = []
            // A trial that can continue only later in this pass must not lose what came first.
            var passed: Set<Int> = []
            for arrival in arrivals {
                guard let trial = active[arrival.trial], trial.isComputing,
                    !passed.contains(arrival.trial)
                else {
                    guard mayBeTakenLater(arrival) else { continue }
                    inbox.append(arrival)
                    passed.insert(arrival.trial)
                    continue
                }
                guard arrival.resource > trial.resource else { continue }
                take(arrival)
                try advance()
                isDone = false
            }
        }
    }

    private func mayBeTakenLater(_ arrival: ReceivedReport) -> Bool {
        switch state.trial(arrival.trial)?.state {
        case nil, .running, .paused: true
        case .completed, .stopped, .failed: false
        }
    }
}
