import DequeModule
import HeapModule

extension Conductor {
    /// Puts a report on its trial's line and says what the trial is to do.
    @discardableResult
    mutating func take(_ arrival: ReceivedReport) -> Answer {
        let id = arrival.trial
        guard var trial = active[id] else { return .finish }
        let hyperband = state.definition.hyperband
        let isLast = arrival.resource >= hyperband.maxResource
        // What goes beyond the maximum is not counted, so that virtual time stays small.
        let used = min(arrival.resource, hyperband.maxResource) - trial.slotResource
        trial.resource = arrival.resource
        trial.time = trial.slotTime + used
        let report = Report(resource: arrival.resource, metrics: arrival.metrics, time: trial.time)
        trial.pending.append(
            (trial.time, .report(report, attempt: arrival.attempt, isLast: isLast)))
        trial.hasEnded = isLast
        // The trial has waited at every rung before, so all of those are committed.
        trial.isWaiting =
            !isLast
            && !state.rungsReached(by: state.trials[id - 1], at: arrival.resource).isEmpty
        active[id] = trial
        return isLast ? .finish : trial.isWaiting ? .wait : .proceed
    }

    /// Commits everything that is due now that something of `trial` has come.
    mutating func advance(arrived trial: Int) throws {
        switch state.definition.order {
        case .arrival:
            while active[trial]?.pending.isEmpty == false { try commitNext(of: trial) }
        case .virtualTime:
            while let due = queue.min, let trial = active[due.trial] {
                let now = Due(time: trial.nextTime, trial: due.trial)
                if due < now {
                    queue.replaceMin(with: now)
                } else if trial.pending.isEmpty {
                    return
                } else {
                    queue.removeMin()
                    try commitNext(of: due.trial)
                }
            }
        }
    }

    /// Ends the study before its end.
    mutating func interrupt(_ reason: EndReason) throws {
        try emit(.interrupted(reason))
        try commitWhatArrived()
        for trial in active.keys.sorted() {
            let time = active[trial]?.time ?? 0
            try emit(.ended(.init(trial: trial, outcome: .interrupted, time: time)))
            commands.append(.stop(trial: trial))
        }
        active = [:]
        try finish(reason)
    }

    /// Everything still pending, in order, whatever might have come before it.
    mutating func commitWhatArrived() throws {
        while true {
            let next = active.compactMap { id, trial in
                trial.pending.first.map { Due(time: $0.time, trial: id) }
            }
            .min()
            guard let next, let item = active[next.trial]?.pending.popFirst() else { return }
            switch item.item {
            case .report(let report, let attempt, let isLast):
                try emit(.reported(.init(trial: next.trial, attempt: attempt, report: report)))
                if isLast { try end(next.trial, .reachedMaximum, at: item.time) }
            case .end(let outcome): try end(next.trial, outcome, at: item.time)
            case .retry(let error): try retry(next.trial, error, at: item.time)
            }
        }
    }
}
