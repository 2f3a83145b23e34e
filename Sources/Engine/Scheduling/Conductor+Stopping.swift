import DequeModule
import HeapModule

/// Ending one trial from outside.
extension Conductor {
    /// Ends a trial that runs or waits at a rung, since a user has no more use for it. No effect for
    /// any other trial.
    ///
    /// The end is committed at once, whatever the virtual clock says, so that it is in the history
    /// when the study is resumed. What the trial has reported and is not due yet comes before it,
    /// without decisions. While a decision about a slot is worked out, the end waits for it.
    public mutating func stopTrial(_ trial: Int) throws -> [Command] {
        guard hasStarted, state.endReason == nil else { return [] }
        stops.append(trial)
        try carryOutStops()
        try advance()
        try takeInbox()
        return try flush()
    }

    /// Ends the trials that are to end, as far as nothing is in the way.
    mutating func carryOutStops() throws {
        while asked == nil, state.endReason == nil, let trial = stops.popFirst() {
            switch state.trial(trial)?.state {
            case .running: try endRunning(trial)
            case .paused: try endPaused(trial)
            case .completed, .stopped, .failed, nil: break
            }
        }
    }

    private mutating func endRunning(_ id: Int) throws {
        guard let time = active[id]?.earliestTime else { return }
        while state.endReason == nil, let next = active[id]?.pending.popFirst() {
            try commit(next.item, of: id, at: next.time)
        }
        queue = Heap(queue.unordered.filter { $0.trial != id })
        guard state.endReason == nil else { return }
        // What it has sent may have ended it already.
        if active[id] != nil {
            try end(id, .stopped, at: time)
            instruct(id, .stop)
        }
        try fillSlots(at: time)
    }

    private mutating func endPaused(_ id: Int) throws {
        let time = state.trial(id)?.decisions.last?.time ?? 0
        try emit(.ended(.init(trial: id, outcome: .stopped, time: time)))
        instruct(id, .stop)
    }
}
