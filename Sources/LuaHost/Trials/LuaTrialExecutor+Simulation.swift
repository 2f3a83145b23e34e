internal import Engine
internal import LuaBridge
internal import Running

/// How a simulated run takes reports: each when its `elapsed` says.
extension LuaTrialExecutor {
    /// `reporter { …, elapsed = seconds }`: the trial waits until the clock has come to its report.
    func report(
        _ fields: [Name: Value], keeping kept: [UInt8]?, of trial: LuaTrial, _ call: LuaCall,
        at clock: SimulatedTime
    ) throws -> LuaAnswer {
        do { try clock.add(fields, of: trial.id) } catch let error as ReportError {
            throw LuaError("reporter: \(error)")
        }
        trial.kept = kept
        return call.suspend { call in
            try trial.throwRefusal()
            return try call.return()
        }
    }

    /// Moves the clock to the next report and sends it; false when none is on its way.
    func takeNextSimulated() -> Bool {
        guard let due = simulated?.next() else { return false }
        guard let trial = trials[due.trial] else { return true }
        if let limit = factory.timeOut, due.elapsed > limit {
            trial.refusal = LuaError(overdueMessage(trial, limit))
            makeReady(trial.id)
        } else {
            loop.queue.post(.reported(trial: due.trial, fields: due.fields, kept: trial.kept))
        }
        return true
    }
}
