internal import Engine
internal import LuaBridge
internal import NN
internal import Storage

/// One running experiment: the loop that turns on the Lua thread.
///
/// The conductor decides; this carries out. Trials are coroutines, of which the loop resumes one at
/// a time; their native operations run on the pool's threads and come back through one queue.
final class ExperimentRun {
    let host: ScriptHost
    let declaration: ExperimentDeclaration
    let definition: StudyDefinition
    private(set) var conductor: Conductor
    let journal: any Journal
    /// How long the study had run before it was left, in seconds.
    private let earlier: Double
    let pool: WorkerPool
    private let factory: TrialFactory
    let timeOut: Double?
    /// The clock of a simulation; nil where time is what passes.
    var simulated: SimulatedTime?
    private let deadline: ContinuousClock.Instant?

    private(set) var trials: [Int: TrialRun] = [:]
    let arguments: TrialArguments
    private(set) var reportTimes: ReportTimes
    /// Pays for the reports, of which a trial may make any number.
    let charge = MemoryCharge()
    private var ready = ReadyQueue()
    private var commands: [Command] = []
    /// Trials whose `train` this process has called.
    private var begun: Set<Int> = []
    private var keeping = Keeping()
    private var operationsInFlight = 0
    /// By trial, what a trial waits for.
    private var awaited: [Int: Operation] = [:]
    private(set) var current: TrialRun?
    private var reason: EndReason?
    private var failures = FailureLog()
    private var reports = 0
    private var resource = 0
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
            ArgumentTables(prelude: host.prelude), definition.space, declaration.space.members)
        pool = WorkerPool(workers: host.settings.workers(slots: definition.slots))
        factory = TrialFactory(declaration: declaration, definition: definition, host: host)
        timeOut = host.settings.timeOut ?? declaration.timeOut
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
            for message in failures.summary { host.observer.log(.warning, message) }
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
    private func turn(until isDone: () -> Bool) throws -> Bool {
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
    private func fail(_ id: Int, _ error: LuaError) throws {
        guard conductor.virtualTime(of: id) != nil else { return }
        if let message = failures.add(id, error.message) { host.observer.log(.warning, message) }
        let text = [error.message, error.traceback].compactMap { $0 }.joined(separator: "\n")
        commands += try conductor.trialEnded(id, .failed(text))
    }

    /// Runs `body` as the trial: its random numbers, its name.
    private func enter<Result>(_ trial: TrialRun, _ body: () -> Result) -> Result {
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

    // MARK: - Keeping

    /// Lets the reporter return once the journal has kept the report: together with those of other
    /// trials that have something to do now.
    private func goOnOnceKept(_ trial: TrialRun, _ call: LuaCall) throws -> LuaAnswer {
        guard keeping.isDue else { return try call.return() }
        guard canSuspend(call) else {
            try keep()
            return try call.return()
        }
        if ready.isEmpty {
            do { try keep() } catch let error as LuaError { keeping.failure = error }
            if keeping.failure == nil { return try call.return() }
        } else {
            keeping.wait(trial.id)
        }
        return call.suspend { try $0.return() }
    }

    /// Keeps what was written.
    ///
    /// - Throws: `LuaError`, which ends the run.
    private func keep() throws {
        guard keeping.isDue || !commands.isEmpty || reason != nil else { return }
        do { try journal.sync() } catch {
            keeping.failure = Self.failure(error)
            try keeping.rethrow()
        }
        for id in keeping.isKept() { makeReady(id) }
    }

    /// Keeps a checkpoint with the next report.
    func keep(_ checkpoint: Checkpoint) throws {
        do { try journal.save(checkpoint) } catch { throw Self.failure(error) }
        if !journal.keepsAtOnce { keeping.hasMore() }
    }

    func storedCheckpoint(of trial: Int) throws -> Checkpoint? {
        do { return try journal.checkpoint(of: trial) } catch { throw Self.failure(error) }
    }

    // MARK: - What the conductor wants

    /// Carries out what is due now. That may bring more, which waits: before it somebody may want
    /// the study to end.
    private func carryOutCommands() throws {
        guard !commands.isEmpty else { return }
        // Nothing is acted on that a crash could undo.
        try keep()
        let due = commands
        commands = []
        for command in due { try carryOut(command) }
    }

    private func carryOut(_ command: Command) throws {
        if let trial = command.goingOn { simulated?.goesOn(trial) }
        switch command {
        case .start(let id, let configuration, _): try start(id, configuration)
        case .proceed(let id): try goOn(id)
        case .resume(let id):
            // One that has ended while it was paused holds a slot now that others can use.
            if try !goOn(id) { try fail(id, LuaError(Self.cannotWait(id))) }
        case .retry(let id): try startAnew(id)
        case .stop(let id): trials[id].map(close)
        case .pause: break
        case .studyEnded(let reason): self.reason = reason
        }
    }

    /// Lets a trial go on that waits for a decision; false when there is none any more.
    @discardableResult
    private func goOn(_ id: Int) throws -> Bool {
        guard begun.contains(id) else {
            try startAnew(id)
            return true
        }
        guard let trial = trials[id], !trial.isOver else { return false }
        if trial.isWaitingInPlace { trial.mayGoOn = true } else { makeReady(id) }
        return true
    }

    /// Calls `train` for a trial that the study knows already.
    private func startAnew(_ id: Int) throws {
        guard let trial = state.trial(id) else { return }
        try start(id, trial.configuration)
    }

    private func start(_ id: Int, _ configuration: Configuration) throws {
        // A script that is interrupted runs no code, and that is no failure of the trial's.
        guard !host.interruption.isRequested else { return }
        do {
            let trial = try factory.make(
                id, configuration, reporter: Reporter(run: self, trial: id))
            conductor.trialBegins(id)
            begun.insert(id)
            trials[id] = trial
            arguments.keep(trial.arguments, of: id)
            makeReady(id)
        } catch let error as LuaError where !host.interruption.isRequested {
            try fail(id, error)
        } catch is LuaError {
        }
    }

    /// Ends a trial's coroutine; its to-be-closed variables run.
    func close(_ trial: TrialRun) {
        trial.isOver = true
        // On the stack below us: it is told when it goes on.
        guard !trial.isWaitingInPlace else {
            trial.mayGoOn = true
            return
        }
        trials[trial.id] = nil
        awaited[trial.id] = nil
        trial.token.cancel()
        if let error = enter(trial, { trial.coroutine.close() }) {
            host.observer.log(.warning, "trial \(trial.id), while closing: \(error.message)")
        }
    }

    private func closeTrials() {
        for trial in trials.values { trial.token.cancel() }
        for id in trials.keys.sorted() { trials[id].map(close) }
        trials = [:]
    }

    // MARK: - What trials call

    /// Whether `call` comes from the running trial and can be suspended until something is done.
    func canSuspend(_ call: LuaCall) -> Bool {
        guard let current else { return false }
        return call.isYieldable && call.isMade(by: current.coroutine)
    }

    /// Hands an operation of the running trial to the pool.
    func submit(
        _ company: Operation.Company, _ body: @escaping @Sendable () throws -> any Sendable
    ) -> Operation {
        guard let trial = current else { preconditionFailure("an operation without a trial") }
        let operation = Operation(
            trial: trial.id, virtualTime: conductor.virtualTime(of: trial.id) ?? 0,
            company: company, body: body)
        awaited[trial.id] = operation
        operationsInFlight += 1
        pool.submit(operation)
        return operation
    }

    /// `reporter { … }`.
    func report(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        guard let trial = trials[id], trial === current else {
            throw LuaError(
                "reporter: it belongs to trial \(id), which "
                    + (trials[id] == nil ? "has ended" : "is not the one that called it"))
        }
        try checkTime()
        guard simulated == nil else { return try reportInSimulation(trial, call) }
        let reply = try take(ReportReader.fields(call), of: id)
        switch reply.answer {
        case .proceed: return try goOnOnceKept(trial, call)
        case .finish: trial.isOver = true
        case .wait:
            guard let mine = commands.firstIndex(of: .proceed(trial: id)) else { break }
            commands.remove(at: mine)
            return try goOnOnceKept(trial, call)
        }
        guard !canSuspend(call) else { return call.suspend { try $0.return() } }
        if !trial.isOver { try waitInPlace(trial, call) }
        guard !trial.isOver else {
            throw LuaError("reporter: trial \(id) is over; \(Self.callDirectly)")
        }
        return try call.return()
    }

    func take(_ fields: [String: Value], of id: Int) throws -> Reply {
        do {
            let bytes = fields.reduce(256) { $0 + 128 + 2 * $1.key.utf8.count }
            try charge.add(bytes, purpose: "the reports of trial \(id)")
            let reply = try conductor.report(trial: id, fields: fields, seconds: seconds)
            commands += reply.commands
            guard !reply.isRepeated else { return reply }
            if !journal.keepsAtOnce { keeping.hasMore() }
            reports += 1
            reportTimes.add(seconds, trial: id)
            if let number = fields[definition.hyperband.timeAttribute]?.number?.integer {
                // As on the virtual clock, what goes beyond the maximum is not counted.
                let used = min(number, definition.hyperband.maxResource)
                resource += used - (trials[id]?.resource ?? 0)
                trials[id]?.resource = used
                trials[id]?.lastReported = number
            }
            return reply
        } catch let error as ReportError {
            throw LuaError("reporter: \(ReportReader.inWords(error, fields))")
        }
    }

    static let callDirectly =
        "call the reporter from train itself, not from a coroutine or a callback"

    private static func cannotWait(_ id: Int) -> String {
        "reporter: trial \(id) cannot wait here; \(callDirectly)"
    }

    /// The trial cannot be suspended where it called the reporter, so the loop turns on top of it.
    private func waitInPlace(_ trial: TrialRun, _ call: LuaCall) throws {
        trial.isWaitingInPlace = true
        trial.mayGoOn = false
        trial.clock.stop()
        defer {
            trial.clock.start()
            trial.isWaitingInPlace = false
        }
        let canGoOn = try turn { trial.mayGoOn }
        guard !trial.mayGoOn else { return }
        trial.isOver = true
        guard !canGoOn else { return }
        // The decision hangs on trials that wait below this one on the stack. It ends here and now,
        // whatever it makes of the error: the others go on, and the study with them.
        let message = Self.cannotWait(trial.id)
        let place = call.place().map { "\($0): " } ?? ""
        try fail(trial.id, LuaError(place + message))
        throw LuaError(message)
    }

    // MARK: - Trials that take too long

    /// Ends the operations of trials that have computed for longer than they may.
    private func cancelOverdue() {
        guard let limit = declaration.trialTimeOut else { return }
        for (id, operation) in awaited {
            guard let trial = trials[id] else { continue }
            if trial.clock.total + operation.duration > .seconds(limit) { trial.token.cancel() }
        }
    }

    /// Seconds until the first operation in flight can have taken too long.
    private var trialRest: Double? {
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

    /// A seed for the next network of the running trial.
    func nextNetworkSeed() -> UInt64? {
        guard let trial = current else { return nil }
        trial.networks += 1
        var stream = RandomStream(
            seed: definition.seed, purpose: "network", trial.id, trial.networks)
        return stream.next()
    }
}

extension Command {
    /// The trial that goes on, if one does.
    fileprivate var goingOn: Int? {
        switch self {
        case .start(let trial, _, _), .proceed(let trial), .resume(let trial): trial
        case .stop, .pause, .retry, .studyEnded: nil
        }
    }
}
