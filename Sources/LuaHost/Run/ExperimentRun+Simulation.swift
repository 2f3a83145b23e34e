internal import Engine
internal import LuaBridge

/// How a simulated run takes reports: each when its `elapsed` says.
extension ExperimentRun {
    /// `reporter { …, elapsed = seconds }`: the trial waits until the clock has come to its report.
    func reportInSimulation(_ trial: TrialRun, _ call: LuaCall) throws -> LuaAnswer {
        let fields = try ReportReader.fields(call)
        guard canSuspend(call) else {
            throw LuaError("reporter: trial \(trial.id) cannot wait here; \(Self.callDirectly)")
        }
        try simulated?.add(fields, of: trial.id)
        return call.suspend { call in
            if let refusal = trial.refusal {
                trial.refusal = nil
                throw refusal
            }
            return try call.return()
        }
    }

    /// Moves the clock to the next report and takes it; false when none is on its way.
    func takeNextSimulated() throws -> Bool {
        guard let due = simulated?.next() else { return false }
        if let timeOut, due.time >= timeOut {
            try end(.timeOut)
        } else if let trial = trials[due.trial] {
            try take(due, of: trial)
        }
        return true
    }

    private func take(_ due: SimulatedTime.Due, of trial: TrialRun) throws {
        do {
            if let limit = declaration.trialTimeOut, due.elapsed > limit {
                throw LuaError(
                    "trial_time_out: trial \(trial.id) has computed for more than \(limit) seconds")
            }
            switch try take(due.fields, of: trial.id) {
            case .continue: makeReady(trial.id)
            case .complete: close(trial)
            default: break
            }
        } catch let error as LuaError {
            trial.refusal = error
            makeReady(trial.id)
        }
    }
}
