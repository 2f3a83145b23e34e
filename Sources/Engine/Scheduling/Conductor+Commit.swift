import DequeModule
import HeapModule

/// Committing in the order of the virtual clock.
extension Conductor {
    /// Commits everything that is due. Nothing is while a decision about a slot is worked out.
    mutating func advance() throws {
        switch state.definition.order {
        case .arrival: try advanceByArrival()
        case .virtualTime: try advanceByTime()
        }
    }

    private mutating func advanceByArrival() throws {
        while asked == nil, let trial = arrived.popFirst() { try commitNext(of: trial) }
    }

    private mutating func advanceByTime() throws {
        while asked == nil, let due = queue.min, let time = active[due.trial]?.nextTime {
            let now = Due(time: time, trial: due.trial)
            if due < now {
                queue.replaceMin(with: now)
            } else if active[due.trial]?.pending.isEmpty != false {
                return
            } else {
                queue.removeMin()
                try commitNext(of: due.trial)
            }
        }
    }

    /// Notes that a trial has sent something.
    mutating func arrive(_ trial: Int) {
        if state.definition.order == .arrival { arrived.append(trial) }
    }

    private mutating func commitNext(of trial: Int) throws {
        guard let (time, item) = active[trial]?.pending.popFirst() else { return }
        try commit(item, of: trial, at: time)
        if active[trial] != nil { try decide(trial) }
        if active[trial] != nil {
            enqueue(trial)
        } else if state.endReason == nil {
            try fillSlots(at: time)
        }
    }

    mutating func commit(_ item: ActiveTrial.Item, of trial: Int, at time: Int) throws {
        switch item {
        case .report(let report, let attempt, let isLast):
            try emit(.reported(.init(trial: trial, attempt: attempt, report: report)))
            if isLast { try end(trial, .reachedMaximum, at: time) }
        case .end(let outcome): try end(trial, outcome, at: time)
        case .retry(let error): try emit(.retried(.init(trial: trial, error: error, time: time)))
        }
    }

    /// Decides what is due about a trial at the rungs it has come to.
    mutating func decide(_ id: Int) throws {
        guard state.isDecisionDue(about: id) else { return }
        // A host may end a trial while it waits (it took too long).
        let isOver = active[id]?.hasEnded ?? true
        while let decision = state.nextDecision(about: id) {
            // What has ended cannot pause.
            if isOver, decision.verdict == .pause { return }
            try emit(.decided(decision))
            guard decision.verdict != .continue else { continue }
            active[id] = nil
            if !isOver { instruct(id, decision.verdict == .pause ? .pause : .stop) }
            return
        }
        active[id]?.isWaiting = false
        if !isOver { instruct(id, .continue) }
    }

    mutating func end(_ trial: Int, _ outcome: Outcome, at time: Int) throws {
        try emit(.ended(.init(trial: trial, outcome: outcome, time: time)))
        active[trial] = nil
        guard case .failed = outcome, state.definition.endsOnFailure, !state.isInterrupted else {
            return
        }
        try interrupt(.trialFailed)
    }

    mutating func enqueue(_ id: Int) {
        guard state.definition.order == .virtualTime, let time = active[id]?.nextTime else {
            return
        }
        queue.insert(Due(time: time, trial: id))
    }

    /// Ends the study before its end: commits everything that has arrived, in order, whatever might
    /// have come before it, and decides nothing more.
    mutating func interrupt(_ reason: EndReason) throws {
        (asked, unsentRequest) = (nil, nil)
        try emit(.interrupted(reason))
        while let next = firstPending(), let item = active[next]?.pending.popFirst() {
            try commit(item.item, of: next, at: item.time)
        }
        for trial in active.keys.sorted() {
            let time = active[trial]?.time ?? 0
            try emit(.ended(.init(trial: trial, outcome: .interrupted, time: time)))
            instruct(trial, .stop)
        }
        active = [:]
        try emit(.finished(reason))
    }

    private func firstPending() -> Int? {
        active.compactMap { id, trial in
            trial.pending.first.map { Due(time: $0.time, trial: id) }
        }
        .min()?.trial
    }
}
