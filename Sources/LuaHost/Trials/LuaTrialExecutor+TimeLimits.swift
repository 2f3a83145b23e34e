internal import LuaBridge
internal import Platform
internal import Running

/// Trials that compute for longer than they may.
extension LuaTrialExecutor {
    /// Ends the operations, and the waits for children, of trials that have computed for longer than
    /// they may.
    func cancelOverdue() {
        guard let limit = factory.timeOut else { return }
        for (id, operation) in operations.waiting {
            guard let trial = trials[id] else { continue }
            if trial.clock.total + operation.duration > .seconds(limit) { trial.token.cancel() }
        }
        for id in waits.trials {
            guard let trial = trials[id], let duration = waits.duration(of: id) else { continue }
            guard trial.clock.total + duration > .seconds(limit) else { continue }
            // Its call looks at the time first.
            waits.forget(id)
            trial.clock.add(duration)
            makeReady(id)
        }
    }

    /// Seconds until the first operation in flight can have taken too long.
    var trialRest: Double? {
        guard let limit = factory.timeOut else { return nil }
        let rests = operations.waiting.compactMap { id, operation in
            trials[id].map { limit - ($0.clock.total + operation.duration) / .seconds(1) }
        }
        let waitRests = waits.trials.compactMap { id in
            trials[id].map {
                limit - ($0.clock.total + (waits.duration(of: id) ?? .zero)) / .seconds(1)
            }
        }
        // One that was cancelled comes back by itself.
        return (rests.filter { $0 > 0 } + waitRests.map { max(0, $0) }).min().map { $0 + 0.001 }
    }

    /// What to tell the running trial when it has computed for longer than it may.
    var overdueMessage: String? {
        guard let limit = factory.timeOut, let current, current.clock.total > .seconds(limit)
        else { return nil }
        return overdueMessage(current, limit)
    }

    /// What to tell a trial that has computed for longer than `limit` seconds.
    func overdueMessage(_ trial: LuaTrial, _ limit: Double) -> String {
        "trial_time_out: trial \(trial.id) has computed for more than \(limit) seconds"
    }

    /// - Throws: `LuaError` when the running trial has computed for longer than it may.
    func checkTime() throws {
        if let overdueMessage { throw LuaError(overdueMessage) }
    }
}
