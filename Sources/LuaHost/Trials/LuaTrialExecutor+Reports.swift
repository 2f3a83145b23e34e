internal import Engine
internal import LuaBridge
internal import Running

/// `reporter { … }`.
extension LuaTrialExecutor {
    /// Takes a report, and returns to the script once the trial may compute on.
    func report(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        let trial = try running(id, "reporter")
        try checkTime()
        guard canSuspend(call) else { throw LuaError(Self.cannotWait(id)) }
        guard !trial.isComplete else {
            trial.isOver = true
            return call.suspend { try $0.return() }
        }
        let fields = try ReportReader.fields(call)
        if let simulated { return try report(fields, of: trial, call, at: simulated) }
        try handOver(.reported(trial: id, fields: fields), of: trial)
        if trial.mayContinue, !trial.isOver { return try call.return() }
        return call.suspend { try $0.return() }
    }

    /// Hands the study a message of the running trial, which may be answered at once.
    ///
    /// - Throws: why it was refused.
    func handOver(_ message: TrialMessage, of trial: LuaTrial) throws {
        trial.isReporting = true
        trial.mayContinue = false
        loop.take(message)
        trial.isReporting = false
        try trial.throwRefusal()
    }

    /// The trial, which must be the one that runs.
    ///
    /// - Parameter owner: what was called, for the error.
    func running(_ id: Int, _ owner: String) throws -> LuaTrial {
        guard let trial = trials[id], trial === current else {
            throw LuaError(
                "\(owner): it belongs to trial \(id), which "
                    + (trials[id] == nil ? "has ended" : "is not the one that called it"))
        }
        return trial
    }

    /// Whether `call` comes from the running trial and can be suspended until something is done.
    func canSuspend(_ call: LuaCall) -> Bool { current != nil && call.canSuspend }

    static func cannotWait(_ id: Int) -> String {
        "reporter: trial \(id) cannot wait here; call the reporter from train or from a coroutine, "
            + "not from a comparator, a callback of a C function or a file that require loads"
    }
}
