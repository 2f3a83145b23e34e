internal import LuaBridge
internal import NN
internal import Running

/// Trials that compute for longer than they may.
extension ExperimentRun {
    /// Ends the operations of trials that have computed for longer than they may.
    func cancelOverdue() {
        guard let limit = declaration.trialTimeOut else { return }
        for (id, operation) in awaited {
            guard let trial = trials[id] else { continue }
            if trial.clock.total + operation.duration > .seconds(limit) { trial.token.cancel() }
        }
    }

    /// Seconds until the first operation in flight can have taken too long.
    var trialRest: Double? {
        guard let limit = declaration.trialTimeOut else { return nil }
        let rests = awaited.compactMap { id, operation in
            trials[id].map { limit - ($0.clock.total + operation.duration) / .seconds(1) }
        }
        // One that was cancelled comes back by itself.
        return rests.filter { $0 > 0 }.min().map { $0 + 0.001 }
    }

    /// What to tell the running trial when it has computed for longer than it may.
    var overdueMessage: String? {
        guard let limit = declaration.trialTimeOut, let current,
            current.clock.total > .seconds(limit)
        else { return nil }
        return "trial_time_out: trial \(current.id) has computed for more than \(limit) seconds"
    }

    /// - Throws: `LuaError` when the running trial has computed for longer than it may.
    func checkTime() throws {
        if let overdueMessage { throw LuaError(overdueMessage) }
    }
}
