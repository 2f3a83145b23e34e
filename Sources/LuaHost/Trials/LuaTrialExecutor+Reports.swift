internal import Engine
internal import LuaBridge
internal import Running

/// `reporter { … }`.
extension LuaTrialExecutor {
    /// Takes a report, and returns to the script once the trial may compute on.
    func report(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        let trial = try running(id, "reporter")
        try checkTime()
        let fields = try ReportReader.fields(call)
        if let simulated { return try report(fields, of: trial, call, at: simulated) }
        try handOver(.reported(trial: id, fields: fields), of: trial)
        if trial.mayContinue, !trial.isOver { return try call.return() }
        guard !canSuspend(call) else { return call.suspend { try $0.return() } }
        if !trial.isOver { try waitInPlace(trial, call) }
        guard !trial.isOver else {
            throw LuaError("reporter: trial \(id) is over; \(Self.callDirectly)")
        }
        return try call.return()
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
    func canSuspend(_ call: LuaCall) -> Bool {
        guard let current else { return false }
        return call.isYieldable && call.isMade(by: current.coroutine)
    }

    static let callDirectly =
        "call the reporter from train itself, not from a coroutine or a callback"

    static func cannotWait(_ id: Int) -> String {
        "reporter: trial \(id) cannot wait here; \(callDirectly)"
    }

    /// The trial cannot be suspended where it called the reporter, so the loop turns on top of it.
    private func waitInPlace(_ trial: LuaTrial, _ call: LuaCall) throws {
        trial.isReporting = true
        trial.clock.stop()
        defer {
            trial.clock.start()
            trial.isReporting = false
        }
        let canContinue = try loop.turn { trial.mayContinue }
        guard !trial.mayContinue else { return }
        trial.isOver = true
        guard !canContinue else { return }
        // The decision hangs on trials that wait below this one on the stack. It ends here and now,
        // whatever it makes of the error: the others continue, and the study with them.
        let message = Self.cannotWait(trial.id)
        let place = call.place().map { "\($0): " } ?? ""
        fail(trial.id, LuaError(place + message))
        throw LuaError(message)
    }
}
