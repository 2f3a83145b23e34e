internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// Runs trials as coroutines of one Lua state.
///
/// One coroutine runs at a time, on the loop's thread, from one place where it waits to the next. Their
/// native operations run on a pool's threads and come back through its queue. Reports are handed over
/// at once; in a simulation they wait until the clock has come to them.
final class LuaTrialExecutor: TrialExecutor {
    let loop: any TrialHost
    let lua: LuaState
    let factory: TrialFactory
    let interruption: Interruption
    let observer: any RunObserver
    /// The clock of a simulation; nil where time is what passes.
    let simulated: SimulatedTime?
    let arguments: TrialArguments
    var operations: TrialOperations
    /// What trials wait for besides operations.
    let waits: TrialWaits
    var trials: [Int: LuaTrial] = [:]
    let slots: SlotNumbers
    /// The networks of paused trials.
    let pausedNetworks: PausedNetworks
    /// The processes of trials.
    let processes = TrialProcesses()
    /// The programs of trials.
    var commands: [Int: CommandRun] = [:]
    /// Where the programs of trials speak.
    let server = ProgramServer()
    /// The trials' own directories.
    let folders: TrialFolders
    private var ready = ReadyQueue()
    /// The trial whose code runs now.
    private(set) var current: LuaTrial?

    /// - Parameters:
    ///   - loop: runs the study of which these are the trials.
    ///   - pausedNetworks: gets the networks of trials that are paused.
    ///   - slots: how many trials run at a time, where that is not the study's number.
    ///   - directory: where the directories of trials are made.
    ///   - simulated: the clock of `loop`, if it is one of a simulation.
    init(
        _ loop: any TrialHost, factory: TrialFactory, pool: WorkerPool, interruption: Interruption,
        observer: any RunObserver, pausedNetworks: PausedNetworks, slots: Int? = nil,
        directory: String? = nil, simulated: SimulatedTime? = nil
    ) {
        self.pausedNetworks = pausedNetworks
        (self.loop, self.factory, lua) = (loop, factory, factory.lua)
        (self.interruption, self.observer) = (interruption, observer)
        self.simulated = simulated
        arguments = TrialArguments(factory.tables, factory.definition.space)
        operations = TrialOperations(pool)
        waits = TrialWaits(wake: pool.wake)
        folders = TrialFolders(
            study: loop.place, isResumed: loop.isResumed, directory: directory
        ) { [observer] in observer.log(.notice, $0) }
        self.slots = SlotNumbers(count: slots ?? factory.definition.slots)
        interruption.follow(pool)
    }

    // MARK: - Turns of the loop

    var hasWork: Bool { !ready.isEmpty }

    var isBusy: Bool { operations.isBusy || !waits.isEmpty || slots.isAwaited }

    func step() -> Bool {
        collectFinished(seconds: 0)
        cancelOverdue()
        tellOfPausedNetworks()
        while let id = ready.next() {
            guard let trial = trials[id] else { continue }
            operations.pool.waitWhileAlone()
            observer.scriptContinues()
            resume(trial)
            return true
        }
        return !isBusy && loop.isSettled && takeNextSimulated()
    }

    func wait(seconds: Double?) {
        collectFinished(seconds: [seconds, trialRest].compactMap { $0 }.min())
    }

    func decide(_ work: @escaping @Sendable () -> Void) { operations.submit(deciding: work) }

    func cancel() {
        for id in operations.waiting.keys { trials[id]?.token.cancel() }
        operations.pool.dropWaiting()
    }

    func close() {
        slots.clear()
        for id in trials.keys.sorted() where trials[id]?.isComplete == false {
            trials[id]?.token.cancel()
            trials[id].map(close)
        }
        finishComplete()
        for trial in trials.values { trial.token.cancel() }
        for id in trials.keys.sorted() { trials[id].map(close) }
        trials = [:]
        awaitProcesses()
        server.close()
        folders.close()
        interruption.follow(nil as WorkerPool?)
        operations.pool.close()
        tellOfPausedNetworks()
    }

    private func tellOfPausedNetworks() {
        for note in pausedNetworks.takeNotes() { observer.log(note.level, note.text) }
    }

    /// Lets the code run that trials have behind their last report.
    private func finishComplete() {
        while !trials.isEmpty, !interruption.isRequested {
            if !step(), isBusy { wait(seconds: nil) } else if !hasWork, !isBusy { return }
        }
    }

    private func collectFinished(seconds: Double?) {
        var seconds = seconds
        let waitsElsewhere = !waits.isEmpty || slots.isAwaited || processes.isBusy
        while let operation = operations.next(seconds: seconds, waitsElsewhere: waitsElsewhere) {
            seconds = 0
            guard let trial = trials[operation.trial] else { continue }
            trial.clock.add(operation.duration)
            makeReady(trial.id)
        }
        waits.collect { id, duration in
            trials[id]?.clock.add(duration)
            makeReady(id)
        }
    }

    /// Waits until nothing is left of the processes of trials that have ended.
    private func awaitProcesses() {
        while processes.isBusy { collectFinished(seconds: nil) }
    }

    /// Lets a trial run again behind all others that can.
    func letOthersRun(before trial: LuaTrial) { ready.add(trial.id, virtualTime: .max) }

    /// Hands the pool an operation of the running trial, which must then be suspended.
    func submit(
        _ exclusivity: Operation.Exclusivity,
        _ body: @escaping @Sendable (CancellationToken) throws -> any Sendable
    ) -> Operation {
        guard let trial = current else { preconditionFailure("an operation without a trial") }
        let token = trial.token
        let operation = Operation(
            trial: trial.id, virtualTime: loop.virtualTime(of: trial.id) ?? 0,
            exclusivity: exclusivity
        ) { try body(token) }
        operations.submit(operation)
        return operation
    }

    // MARK: - Coroutines

    /// Lets a trial's coroutine run when its turn comes: those furthest behind on the virtual clock first.
    func makeReady(_ id: Int) { ready.add(id, virtualTime: loop.virtualTime(of: id) ?? 0) }

    private func resume(_ trial: LuaTrial) {
        switch enter(trial, { trial.coroutine.resume() }) {
        case .suspended: if trial.isOver { close(trial) }
        // Behind all others: it only wants to let them go first.
        case .yielded:
            if trial.isOver { close(trial) } else { ready.add(trial.id, virtualTime: .max) }
        case .finished:
            forget(trial)
            if !trial.isComplete { loop.take(.ended(trial: trial.id, .returned)) }
        case .failed(let error):
            forget(trial)
            // A trial that failed for want of memory has left garbage that others need.
            lua.paceCollector()
            guard !interruption.isRequested, !trial.isOver else { return }
            guard !trial.isComplete else {
                let message = "trial \(trial.id), after its last report: \(error.message)"
                return observer.log(.warning, message)
            }
            fail(trial.id, error, details: trial.details)
        }
    }

    /// Tells the study of a trial's failure.
    ///
    /// - Parameter details: what is kept with the error in place of its traceback; nil: that.
    func fail(_ id: Int, _ error: LuaError, details: String?? = nil) {
        loop.take(
            .ended(
                trial: id, .failed(message: error.message, details: details ?? error.traceback)))
    }

    /// Runs `body` as the trial: its random numbers, its name.
    func enter<Result>(_ trial: LuaTrial, _ body: () -> Result) -> Result {
        let outer = current
        current = trial
        lua.use(trial.random)
        trial.clock.start()
        defer {
            trial.clock.stop()
            current = outer
            lua.use(outer?.random)
        }
        return body()
    }

    /// A seed for the next network of the running trial; nil where none runs.
    func nextNetworkSeed() -> UInt64? {
        guard let trial = current else { return nil }
        trial.networks += 1
        var stream = RandomStream(
            seed: factory.definition.seed, purpose: "network", trial.id, trial.networks)
        return stream.next()
    }
}
