internal import Engine
internal import LuaBridge
internal import NN
internal import Platform
internal import Running
internal import Storage

/// One running experiment: the loop that turns on the Lua thread.
///
/// The conductor decides; this carries out. Trials are coroutines, of which the loop resumes one at
/// a time; their native operations run on the pool's threads and come back through one queue.
final class ExperimentRun {
    let host: ScriptHost
    let declaration: ExperimentDeclaration
    let definition: StudyDefinition
    var conductor: Conductor
    let journal: any Journal
    /// How long the study had run before it was left, in seconds.
    private let earlier: Double
    let pool: WorkerPool
    let factory: TrialFactory
    let timeOut: Double?
    /// The clock of a simulation; nil where time is what passes.
    var simulated: SimulatedTime?
    private let deadline: ContinuousClock.Instant?

    var trials: [Int: TrialRun] = [:]
    let arguments: TrialArguments
    var reportTimes: ReportTimes
    /// Pays for the reports, of which a trial may make any number.
    let charge = MemoryCharge()
    var ready = ReadyQueue()
    var commands: [Command] = []
    /// Trials whose `train` this process has called.
    var begun: Set<Int> = []
    var keeping = GroupCommit()
    var operationsInFlight = 0
    /// By trial, what a trial waits for.
    var awaited: [Int: Operation] = [:]
    private(set) var current: TrialRun?
    var reason: EndReason?
    var failures = FailureLog()
    private var retries = RetryLog()
    var reports = 0
    var resource = 0
    private let start = ContinuousClock.now

    init(
        _ declaration: ExperimentDeclaration, host: ScriptHost, isSimulated: Bool = false
    ) throws {
        self.host = host
        simulated = isSimulated ? SimulatedTime() : nil
        self.declaration = declaration
        let opened = try Self.open(
            declaration.definition(host.settings), host, isSimulated: isSimulated)
        (conductor, journal) = (opened.conductor, opened.journal)
        reportTimes = ReportTimes(opened.arrivals)
        earlier = reportTimes.left
        // It may have been extended since the script was written.
        definition = conductor.state.definition
        arguments = TrialArguments(
            ArgumentTables(
                prelude: host.prelude, handles: declaration.space.declared.handles),
            definition.space)
        pool = WorkerPool(workers: host.settings.workers(slots: definition.slots))
        factory = TrialFactory(declaration: declaration, definition: definition, host: host)
        timeOut = host.settings.timeOut ?? declaration.timeOut
        if host.observer.leastLevel < .notice {
            conductor.onEvent = EventLog(host.observer).tell
        }
        deadline = isSimulated ? nil : timeOut.map { .now + .seconds(min($0, Self.longest)) }
    }

    /// A century, in seconds: what the clock can count has an end.
    private static let longest = 3.2e9

    var state: StudyState { conductor.state }

    /// Seconds since the start, on the clock of the run.
    var seconds: Double { simulated?.now ?? earlier + start.duration(to: .now) / .seconds(1) }

    private var progress: RunProgress {
        RunProgress(
            state, slots: definition.slots, workers: pool.workers,
            mayUseMoreCores: host.settings.slots == nil && host.settings.workers == nil,
            reports: reports,
            resource: resource, elapsed: seconds, timeOut: timeOut)
    }

    /// Runs the study to its end.
    ///
    /// - Throws: `LuaError` when it was interrupted, after all that was reported has been committed.
    func run() throws {
        host.interruption.follow(pool)
        defer {
            host.interruption.follow(nil as WorkerPool?)
            closeTrials()
            pool.close()
            (journal as? SQLiteJournal).map(close)
        }
        host.observer.began(progress)
        defer {
            host.observer.ended(progress)
            for message in retries.summary { host.observer.log(.notice, message) }
            for message in failures.summary { host.observer.log(.warning, message) }
            if let warning = state.emptyFrontWarning {
                host.observer.log(.warning, "\(declaration.title): \(warning)")
            }
        }
        commands = try conductor.start()
        _ = try turn { false }
        try keep()
        if let file = journal as? SQLiteJournal, reason == .interrupt || reason == .timeOut {
            host.observer.log(.notice, "kept in \(file.path): --resume goes on with it")
        }
        guard reason == .interrupt else { return }
        host.interruption.arrive()
        throw LuaError("interrupted", at: .none)
    }

    // MARK: - The loop

    /// Turns the loop until the study has ended or `isDone`.
    ///
    /// - Returns: false when nothing is left that could ever make it go on.
    func turn(until isDone: () -> Bool) throws -> Bool {
        while true {
            try keeping.rethrow()
            try carryOutCommands()
            if reason != nil || isDone() { return true }
            if try stopIfAsked() || !commands.isEmpty { continue }
            collectFinished(seconds: 0)
            cancelOverdue()
            if keeping.isOverdue { try keep() }
            if let id = ready.next() {
                guard let trial = trials[id] else { continue }
                pool.waitWhileAlone()
                host.observer.scriptGoesOn()
                try resume(trial)
            } else if keeping.isDue {
                try keep()
            } else if operationsInFlight > 0 {
                host.observer.waiting { progress }
                collectFinished(seconds: waitingTime)
            } else if try !takeNextSimulated() {
                return false
            }
        }
    }

    /// How long to wait for an operation before looking at the clock again.
    private var waitingTime: Double? {
        let rest = deadline.map { max(0, ContinuousClock.now.duration(to: $0) / .seconds(1)) }
        return [rest, host.observer.interval, trialRest].compactMap { $0 }.min()
    }

    private func stopIfAsked() throws -> Bool {
        if host.interruption.isRequested {
            for id in awaited.keys { trials[id]?.token.cancel() }
            try end(.interrupt)
        } else if let deadline, ContinuousClock.now >= deadline {
            try end(.timeOut)
        } else {
            return false
        }
        return true
    }

    /// Ends the study from outside.
    func end(_ reason: EndReason) throws {
        commands += try conductor.stop(reason)
        pool.dropWaiting()
    }

    private func collectFinished(seconds: Double?) {
        var seconds = seconds
        while operationsInFlight > 0, let operation = pool.nextFinished(seconds: seconds) {
            operationsInFlight -= 1
            seconds = 0
            guard let trial = trials[operation.trial], awaited[trial.id] === operation else {
                continue
            }
            awaited[trial.id] = nil
            trial.clock.add(operation.duration)
            makeReady(trial.id)
        }
    }

    func makeReady(_ id: Int) {
        ready.add(id, virtualTime: conductor.virtualTime(of: id) ?? 0)
    }

    private func resume(_ trial: TrialRun) throws {
        let status = enter(trial) { trial.coroutine.resume() }
        switch status {
        case .suspended: if trial.isOver { close(trial) }
        // Behind all others: it only wants to let them go first.
        case .yielded:
            if trial.isOver { close(trial) } else { ready.add(trial.id, virtualTime: .max) }
        case .finished:
            trials[trial.id] = nil
            commands += try conductor.trialEnded(trial.id, .returned)
        case .failed(let error):
            trials[trial.id] = nil
            // A trial that failed for want of memory has left garbage that others need.
            host.lua.paceCollector()
            guard !host.interruption.isRequested, !trial.isOver else { return }
            try fail(trial.id, error)
        }
    }

    /// Tells of a trial's failure. One that is paused has no slot and fails only when it is resumed.
    func fail(_ id: Int, _ error: LuaError) throws {
        guard conductor.virtualTime(of: id) != nil else { return }
        let text = [error.message, error.traceback].compactMap { $0 }.joined(separator: "\n")
        let due = try conductor.trialEnded(id, .failed(text))
        commands += due
        if due.contains(.retry(trial: id)) {
            let (count, limit) = (conductor.retries(of: id), definition.retries)
            let message = retries.add(id, error.message, count, of: limit)
            message.map { host.observer.log(.notice, $0) }
        } else if let message = failures.add(id, error.message) {
            host.observer.log(.warning, message)
        }
    }

    /// Runs `body` as the trial: its random numbers, its name.
    func enter<Result>(_ trial: TrialRun, _ body: () -> Result) -> Result {
        let outer = current
        current = trial
        host.lua.use(trial.random)
        trial.clock.start()
        defer {
            trial.clock.stop()
            current = outer
            host.lua.use(outer?.random)
        }
        return body()
    }

    /// A seed for the next network of the running trial.
    func nextNetworkSeed() -> UInt64? {
        guard let trial = current else { return nil }
        trial.networks += 1
        var stream = RandomStream(
            seed: definition.seed, purpose: "network", trial.id, trial.networks)
        return stream.next()
    }
}
