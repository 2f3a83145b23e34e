import DequeModule
import HeapModule

extension Conductor {
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
        switch state.definition.hyperband.kind {
        case .stopping:
            // Level by level, as if it had reported at each.
            for rung in reached {
                let standing = state.standing(of: state.trials[id - 1], at: rung)
                let goesOn = standing.isWithinQuota
                try emit(decision(id, rung, goesOn ? .continue : .stop, standing, report))
                if !goesOn {
                    active[id] = nil
                    commands.append(.stop(trial: id))
                    return
                }
            }
            active[id]?.isWaiting = false
            commands.append(.proceed(trial: id))
        case .promotion:
            // A host may end a trial while it waits (it took too long). What has ended cannot pause.
            guard active[id]?.hasEnded == false else { return }
            let rung = reached.upperBound - 1
            let standing = state.standing(of: state.trials[id - 1], at: rung)
            try emit(decision(id, rung, .pause, standing, report))
            active[id] = nil
            commands.append(.pause(trial: id))
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
}
