internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// Runs native work for a script: on the pool while the calling trial is suspended, or, where it cannot
/// be suspended or where that is not worth it, here and now.
final class NativeOperations {
    let lua: LuaState
    let interruption: Interruption
    /// The seed of what is made outside trials.
    private let seed: Int
    /// Runs the trials of the experiment that runs; nil where none does.
    private(set) var executor: LuaTrialExecutor?
    /// Prediction times of the experiment that runs or ran last.
    private(set) var measuredTimes = MeasuredTimes()
    /// What the script has started and is not gone.
    var groups: [ProcessGroup] = []
    /// How many networks the script has made outside trials.
    private var networks = 0
    /// The networks of trials that are paused.
    let paused: PausedNetworks

    /// - Parameter paused: what moves networks out of memory.
    init(_ lua: LuaState, interruption: Interruption, seed: Int, paused: PausedNetworks) {
        (self.lua, self.interruption, self.seed) = (lua, interruption, seed)
        self.paused = paused
    }

    /// Runs `body` while operations of trials go to `executor`'s pool.
    func withTrials<Result>(
        of executor: LuaTrialExecutor, _ body: () throws -> Result
    ) rethrows -> Result {
        measuredTimes = MeasuredTimes()
        self.executor = executor
        defer { self.executor = nil }
        return try body()
    }

    /// Runs `body` for `call`.
    ///
    /// - Parameters:
    ///   - exclusivity: whether other operations may run meanwhile.
    ///   - microseconds: an estimate of how long it takes.
    ///   - answer: makes the call's results of what `body` gives.
    func perform<Result: Sendable>(
        _ call: LuaCall, exclusivity: Operation.Exclusivity, microseconds: Double = .infinity,
        body: @escaping @Sendable (CancellationToken) throws -> Result,
        answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        guard let executor, let trial = executor.current, executor.canSuspend(call) else {
            let token = interruption.token
            let here = { try self.inWords { try self.withRoom { try body(token) } } }
            let pool = executor?.operations.pool
            return try answer(call, pool?.runHere(exclusivity, here) ?? here())
        }
        try executor.checkTime()
        if microseconds < OperationCost.atOnce,
            trial.costAtOnce + microseconds < OperationCost.untilOthersGoOn
        {
            trial.costAtOnce += microseconds
            return try answer(call, inWords { try withRoom { try body(trial.token) } })
        }
        trial.costAtOnce = 0
        lua.paceCollector()
        let memory = lua.memory
        let work = PooledWork(executor: executor, exclusivity: exclusivity) { token in
            try MemoryBudgets.$current.withValue(memory) { try body(token) }
        }
        return submit(work, for: call, mayCollect: true, answer)
    }

    /// What the pool does for a trial.
    private struct PooledWork<Result: Sendable> {
        let executor: LuaTrialExecutor
        let exclusivity: Operation.Exclusivity
        let body: @Sendable (CancellationToken) throws -> Result
    }

    /// Lets the pool do the work, once more where it failed for want of memory that only garbage held.
    private func submit<Result: Sendable>(
        _ work: PooledWork<Result>, for call: LuaCall, mayCollect: Bool,
        _ answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) -> LuaAnswer {
        let operation = work.executor.submit(work.exclusivity, work.body)
        return call.suspend { [self] call in
            do {
                let result = try inWords { try operation.result() }
                guard let result = result as? Result else {
                    preconditionFailure("an operation gave another type than it was made for")
                }
                return try answer(call, result)
            } catch let error as OutOfMemory {
                guard mayCollect else { throw error }
                // Also where nothing became free now: it may have since the work failed.
                lua.collectGarbage()
                return submit(work, for: call, mayCollect: false, answer)
            }
        }
    }

    /// Takes note of a network that the script has made: one of a trial is paused with it.
    func made(_ network: any TrainableNetwork) { executor?.current?.made.add(network) }

    private func inWords<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch is CancellationError {
            if !interruption.isRequested { try executor?.checkTime() }
            interruption.arrive()
            throw LuaError("interrupted")
        }
    }

    /// The seed of a network that was given none: the trial's own, or outside trials the next of the
    /// script's.
    func nextNetworkSeed() -> UInt64 {
        if let seed = executor?.nextNetworkSeed() { return seed }
        networks += 1
        var stream = RandomStream(seed: seed, purpose: "network", 0, networks)
        return stream.next()
    }
}
