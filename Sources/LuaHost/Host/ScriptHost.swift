internal import Engine
package import LuaBridge
internal import NN
internal import Platform

/// Runs one script: its Lua state, the modules it can require, and what it leaves behind.
///
/// Belongs to the thread that makes it.
package final class ScriptHost {
    package let lua: LuaState
    let settings: RunSettings
    let interruption: Interruption
    let observer: any RunObserver
    let prelude: Prelude
    /// Which files the script may name.
    let files: FileAccess
    /// Set once the host is there to ask.
    private(set) var timeLimit: TimeLimitHook!

    /// The default name of experiments: the script's file name.
    private(set) var scriptName = "experiment"
    /// What `data.load` has loaded, by name.
    var dataSets: [String: LuaTable] = [:]
    private(set) var measuredTimes = MeasuredTimes()
    /// The experiment that runs now.
    private var run: ExperimentRun?
    /// The studies that have been run, in order, also one that was interrupted: all of them, or the last.
    package private(set) var studies: [Study] = []
    /// The names of those of which every trial failed, each once.
    package private(set) var failedStudies: [String] = []
    private var networks = 0
    let store: StudyStore
    /// The script's path, for the files of studies.
    private(set) var scriptPath = ""

    /// - Throws: `LuaError` where there is no memory for a state.
    package convenience init(
        settings: RunSettings, interruption: Interruption, observer: any RunObserver
    ) throws {
        try self.init(
            lua: LuaState(
                memoryLimit: settings.memoryLimit, ignoresEnvironment: settings.ignoresEnvironment),
            settings: settings,
            interruption: interruption, observer: observer)
    }

    /// A host on a state that nothing else uses; where it cannot be made, the state is closed.
    package init(
        lua: LuaState, settings: RunSettings, interruption: Interruption,
        observer: any RunObserver
    ) throws {
        self.lua = lua
        self.settings = settings
        self.interruption = interruption
        self.observer = observer
        store = StudyStore(settings)
        files = try FileAccess(isSandboxed: settings.isSandboxed)
        prelude = try Prelude(in: lua)
        // What is defined holds the host, and the host the state.
        do { try define() } catch {
            lua.close()
            throw error
        }
    }

    private func define() throws {
        // Lua would seed its generator from the clock: a script that makes its own data would then be
        // another one in every run.
        try lua.run(text: "math.randomseed(...)", name: "=mohpo", [.integer(settings.seed ?? 0)])
        timeLimit = try TimeLimitHook(in: lua) { [unowned self] in run?.overdueMessage }
        try lua.shareRandom()
        lua.onExit { [unowned self] in run?.keepAtExit() }
        try DataModule(host: self).define(in: lua)
        try NetworkModule(host: self).define(in: lua)
        try ExperimentModule(host: self).define(in: lua)
        try lua.preload("mohpo", open: ExperimentModule(host: self).open)
        try lua.preload("mohpo.nn", open: NetworkModule(host: self).open)
        try lua.preload("mohpo.data", open: DataModule(host: self).open)
        if settings.isSandboxed { try Sandbox(files: files).install(in: lua) }
    }

    /// Ends the state. The host's functions hold the host, so this must be called.
    package func close() { lua.close() }

    /// Runs the script at `path` with its arguments, on this thread.
    ///
    /// - Throws: `ScriptFailure` when it cannot be loaded or raises an error.
    package func runScript(_ path: String, arguments: [String] = []) throws {
        try run(ScriptCommand(script: path, arguments: arguments))
    }

    /// Runs Lua source as if it had been read from `path`.
    package func run(text: String, path: String = "script.lua") throws {
        try enter(path) {
            try placed(path) { try lua.load(text: text, name: "@\(path)") }.call([])
            warnOfUnrun()
        }
    }

    /// Runs `body` as the script at `path`, which an interrupt can reach.
    func enter(_ path: String, _ body: () throws -> Void) throws {
        scriptName = Self.baseName(of: path)
        scriptPath = path
        do {
            if settings.isInterruptible {
                lua.allowInterrupts()
                interruption.follow(LuaThread.current)
            }
            defer { interruption.follow(nil as LuaThread?) }
            try MemoryBudgets.$current.withValue(lua.memory) { try files.confining(body) }
        } catch let error as LuaError {
            throw ScriptFailure(error, interruption, settings)
        }
    }

    private static func baseName(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return file }
        return String(file[..<dot])
    }

    // MARK: - Experiments

    /// What the script has declared so far, in order, where it is only checked.
    private(set) var declarations: [ExperimentDeclaration] = []

    private var unrun = UnrunExperiments()

    /// Takes note of an experiment that was declared; gives the script's object for it.
    func declared(_ declaration: ExperimentDeclaration) -> ExperimentObject {
        if settings.isCheck { declarations.append(declaration) }
        unrun.add(declaration)
        return ExperimentObject(declaration)
    }

    /// Tells, at the end of a script, of experiments that it has only declared.
    func warnOfUnrun() {
        guard !settings.isCheck else { return }
        for warning in unrun.warnings(of: scriptPath) { observer.log(.warning, warning) }
    }

    /// Takes a study that was run, to its end or not.
    private func took(_ study: Study) {
        studies.append(study)
        guard study.hasOnlyFailedTrials, !failedStudies.contains(study.name) else { return }
        failedStudies.append(study.name)
    }

    /// Runs an experiment to its end, or only validates it.
    ///
    /// - Parameter isSimulated: on the clock of what trials report as `elapsed`.
    func run(_ object: ExperimentObject, isSimulated: Bool = false) throws -> Study {
        let declaration = object.declaration
        if !object.wasRun { unrun.remove(declaration) }
        object.wasRun = true
        guard run == nil else {
            throw LuaError("run: an experiment cannot be run from within another")
        }
        guard !settings.isCheck else {
            let study = try Study(unrun: declaration.definition(settings))
            studies.append(study)
            return study
        }
        // A script may run any number of studies, so that those nobody will ask for are let go before
        // the next takes its memory.
        if !settings.keepsStudies { studies = [] }
        let experiment = try ExperimentRun(declaration, host: self, isSimulated: isSimulated)
        measuredTimes = MeasuredTimes()
        run = experiment
        defer { run = nil }
        do {
            try experiment.run()
        } catch {
            took(Study(experiment))
            throw error
        }
        let study = Study(experiment)
        took(study)
        return study
    }

    // MARK: - Native operations

    /// Runs `body` for `call`: on the pool while the calling trial is suspended, or, where it cannot
    /// be or where that is not worth it, here and now.
    ///
    /// - Parameter microseconds: an estimate of how long it takes.
    func perform<Result: Sendable>(
        _ call: LuaCall, _ company: Operation.Exclusivity, microseconds: Double = .infinity,
        _ body: @escaping @Sendable (CancellationToken) throws -> Result,
        answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        guard let run, let trial = run.current, run.canSuspend(call) else {
            let token = interruption.token
            let here = { try self.inWords { try self.withRoom { try body(token) } } }
            return try answer(call, run?.pool.runHere(company, here) ?? here())
        }
        try run.checkTime()
        if microseconds < OperationCost.atOnce,
            trial.costAtOnce + microseconds < OperationCost.untilOthersGoOn
        {
            trial.costAtOnce += microseconds
            return try answer(call, inWords { try withRoom { try body(trial.token) } })
        }
        trial.costAtOnce = 0
        lua.paceCollector()
        return submit(call, run, trial, company, body, mayCollect: true, answer)
    }

    /// Lets the pool run `body`, once more where it failed for want of memory that only garbage held.
    private func submit<Result: Sendable>(
        _ call: LuaCall, _ run: ExperimentRun, _ trial: TrialRun, _ company: Operation.Exclusivity,
        _ body: @escaping @Sendable (CancellationToken) throws -> Result, mayCollect: Bool,
        _ answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) -> LuaAnswer {
        let (token, memory) = (trial.token, lua.memory)
        let operation = run.submit(company) {
            try MemoryBudgets.$current.withValue(memory) { try body(token) }
        }
        return call.suspend { [self] call in
            do {
                let result = try inWords { try operation.result() }
                guard let result = result as? Result else {
                    preconditionFailure("an operation gave another type than it was made for")
                }
                return try answer(call, result)
            } catch let error as OutOfMemory {
                guard mayCollect, lua.collectGarbage() else {
                    throw error
                }
                return submit(call, run, trial, company, body, mayCollect: false, answer)
            }
        }
    }

    private func inWords<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch is CancellationError {
            if !interruption.isRequested { try run?.checkTime() }
            interruption.arrive()
            throw LuaError("interrupted")
        }
    }

    /// The seed of a network that was given none: the trial's own, or outside trials the next of the
    /// script's.
    func nextNetworkSeed() -> UInt64 {
        if let seed = run?.nextNetworkSeed() { return seed }
        networks += 1
        var stream = RandomStream(seed: settings.seed ?? 0, purpose: "network", 0, networks)
        return stream.next()
    }
}
