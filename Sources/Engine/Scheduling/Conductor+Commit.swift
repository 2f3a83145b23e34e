import DequeModule
import HeapModule

/// Committing in the order of the virtual clock.
extension Conductor {
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

    mutating func commitNext(of trial: Int) throws {
        guard let (time, item) = active[trial]?.pending.popFirst() else { return }
        switch item {
        case .end(let outcome): try end(trial, outcome, at: time)
        case .retry(let error): try retry(trial, error, at: time)
        case .report(let report, let attempt, let isLast):
            let reached = state.rungsReached(by: state.trials[trial - 1], at: report.resource)
            try emit(.reported(.init(trial: trial, attempt: attempt, report: report)))
            if isLast {
                try end(trial, .reachedMaximum, at: time)
            } else if !reached.isEmpty {
                try decide(trial, at: reached, report)
            }
        }
        if active[trial] != nil {
            enqueue(trial)
        } else if state.endReason == nil {
            try fillSlots(at: time)
        }
    }

    mutating func decide(_ id: Int, at reached: Range<Int>, _ report: Report) throws {
        // A host may end a trial while it waits (it took too long).
        let isOver = active[id]?.hasEnded ?? true
        switch state.definition.hyperband.kind {
        case .stopping:
            // Level by level, as if it had reported at each.
            for rung in reached {
                let standing = state.standing(of: state.trials[id - 1], at: rung)
                let isKept = standing.isWithinQuota
                try emit(decision(id, rung, isKept ? .continue : .stop, standing, report))
                if !isKept {
                    active[id] = nil
                    if !isOver { instruct(id, .stop) }
                    return
                }
            }
            active[id]?.isWaiting = false
            if !isOver { instruct(id, .continue) }
        case .promotion:
            // What has ended cannot pause.
            guard !isOver else { return }
            let rung = reached.upperBound - 1
            let standing = state.standing(of: state.trials[id - 1], at: rung)
            try emit(decision(id, rung, .pause, standing, report))
            active[id] = nil
            instruct(id, .pause)
        }
    }

    func decision(
        _ id: Int, _ rung: Int, _ verdict: Decision.Verdict, _ standing: Standing, _ report: Report
    ) -> Event {
        let bracket = state.trials[id - 1].bracket
        return .decided(
            Decision(
                trial: id, rung: state.rungs[bracket][rung].level, bracket: bracket,
                resource: report.resource, verdict: verdict, standing: standing,
                time: report.time))
    }

    mutating func end(_ trial: Int, _ outcome: Outcome, at time: Int) throws {
        try emit(.ended(.init(trial: trial, outcome: outcome, time: time)))
        active[trial] = nil
        guard case .failed = outcome, state.definition.endsOnFailure, !state.isInterrupted else {
            return
        }
        try interrupt(.trialFailed)
    }

    mutating func retry(_ trial: Int, _ error: String, at time: Int) throws {
        try emit(.retried(.init(trial: trial, error: error, time: time)))
    }

    mutating func enqueue(_ id: Int) {
        guard let trial = active[id], state.definition.order == .virtualTime else { return }
        queue.insert(Due(time: trial.nextTime, trial: id))
    }

    /// Ends the study before its end.
    mutating func interrupt(_ reason: EndReason) throws {
        try emit(.interrupted(reason))
        try commitWhatArrived()
        for trial in active.keys.sorted() {
            let time = active[trial]?.time ?? 0
            try emit(.ended(.init(trial: trial, outcome: .interrupted, time: time)))
            instruct(trial, .stop)
        }
        active = [:]
        try emit(.finished(reason))
    }

    /// Everything still pending, in order, whatever might have come before it.
    private mutating func commitWhatArrived() throws {
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
