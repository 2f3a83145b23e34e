internal import Engine
internal import LuaBridge
internal import Platform
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
        let fields = try MemoryCharge.payingForCopies { try ReportReader.fields(call) }
        let kept = try kept(with: fields, call)
        if let simulated {
            return try report(fields, keeping: kept, of: trial, call, at: simulated)
        }
        try handOver(.reported(trial: id, fields: fields, kept: kept), of: trial)
        if trial.mayContinue, !trial.isOver { return try call.return() }
        trial.isWaiting = !trial.isOver
        lendSlot(of: trial)
        return call.suspend { try $0.return() }
    }

    /// What the second table of a report holds, as bytes; nil where there is none, or the report cannot
    /// have a place that keeps it.
    private func kept(with fields: [Name: Value], _ call: LuaCall) throws -> [UInt8]? {
        guard !call.isNil(3) else { return nil }
        guard case .table = try call[3] else {
            throw LuaError("reporter: kept: expected a table, got \(try call[3].shown)")
        }
        guard fields["kept"] == nil else {
            throw LuaError("reporter: kept: a point has a field of this name; choose another")
        }
        let content = try MemoryCharge.payingForCopies {
            try CheckpointContent(call[3], owner: "reporter: kept", seed: (0, 0), networks: 0)
        }
        return loop.mayKeep(fields) ? try content.bytes : nil
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
