internal import LuaBridge
internal import Platform

/// Calls of a script that wait for what happens outside of this process.
extension NativeOperations {
    /// Seconds between two looks whether the script is interrupted, where a call cannot be suspended.
    private static let interval = 0.05
    /// Estimated microseconds of an attempt that need not wait.
    private static let cost = 5.0

    /// Answers `call` as soon as `attempt` gives a result, which it may after a change that `signal`
    /// tells of. Only the calling trial waits; where it cannot be suspended, the script does.
    ///
    /// - Parameters:
    ///   - attempt: gives nil where the result is not there yet.
    ///   - answer: makes the call's results of it.
    func wait<Result>(
        _ call: LuaCall, for signal: ChangeSignal, _ attempt: @escaping () throws -> Result?,
        answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        guard let executor, let trial = executor.current, executor.canSuspend(call) else {
            return try answer(call, waitHere(for: signal, attempt))
        }
        try executor.checkTime()
        let version = signal.version
        if let result = try attempt() {
            trial.costAtOnce += Self.cost
            guard trial.costAtOnce >= OperationCost.untilOthersGoOn else {
                return try answer(call, result)
            }
            trial.costAtOnce = 0
            executor.letOthersRun(before: trial)
            return call.suspend { try answer($0, result) }
        }
        trial.costAtOnce = 0
        executor.waits.add(trial.id, until: signal, changesAfter: version)
        return call.suspend { [self] in try wait($0, for: signal, attempt, answer: answer) }
    }

    /// Takes note of what the script has started: it ends with the trial that did, and with the script.
    func started(_ group: ProcessGroup) {
        executor?.started(group)
        groups.removeAll(where: \.isGone)
        groups.append(group)
    }

    /// Ends what the script has started. What does not heed it is killed when its time has come, even
    /// if this process has ended then.
    func endProcesses() {
        for group in groups { group.end() }
        groups = []
    }

    private func waitHere<Result>(
        for signal: ChangeSignal, _ attempt: () throws -> Result?
    ) throws -> Result {
        while true {
            let version = signal.version
            if let result = try attempt() { return result }
            signal.wait(since: version, seconds: Self.interval)
            if interruption.isRequested {
                interruption.arrive()
                throw LuaError("interrupted")
            }
            try executor?.checkTime()
        }
    }
}
