internal import Engine
internal import LuaBridge
internal import Platform
internal import Results
internal import Running
internal import Storage

/// Runs a script's experiments, and knows those that it has declared.
final class ExperimentRunner {
    let context: ScriptContext
    let operations: NativeOperations
    private let timeLimit: TimeLimitHook
    let opening: StudyOpening
    /// The path of the script that runs.
    var script = ""
    /// The studies that have been run, in order, also one that was interrupted: all of them, or the last.
    private(set) var studies: [StudyObject] = []
    /// The names of those of which every trial failed, each once.
    private(set) var failedStudies: [String] = []
    /// What the script has declared so far, in order, where it is only checked.
    private(set) var declarations: [ExperimentDeclaration] = []
    private var unrun = UnrunExperiments()
    /// How many studies this process has run in common with others, and the number of the last.
    var sharedOrdinal = 0
    var sharedNumber: Int?
    private var sameArguments = SameArgumentsLog()
    /// Whether experiments were simulated, and whether some were run.
    private var (hasSimulated, hasRun) = (false, false)

    init(_ context: ScriptContext, operations: NativeOperations, timeLimit: TimeLimitHook) {
        (self.context, self.operations, self.timeLimit) = (context, operations, timeLimit)
        opening = StudyOpening(context.settings, observer: context.observer)
    }

    var settings: RunSettings { context.settings }

    /// Whether clients run the trials.
    var isServed: Bool { settings.serving != nil }

    /// The default name of experiments: the script's file name without its ending.
    var scriptName: String {
        let file = script.split(separator: "/").last.map(String.init) ?? script
        guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return file }
        return String(file[..<dot])
    }

    /// Takes note of an experiment that was declared; gives the script's object for it.
    func declared(_ declaration: ExperimentDeclaration) -> ExperimentObject {
        if settings.isCheck {
            declarations.append(declaration)
            warnOfSameArguments(declaration)
        }
        unrun.add(declaration)
        return ExperimentObject(declaration)
    }

    /// Tells, at the end of a script, of experiments that it has only declared.
    func warnOfUnrun() {
        guard !settings.isCheck else { return }
        for warning in unrun.warnings(of: script) { context.observer.log(.warning, warning) }
        if hasSimulated, !hasRun, case .file(let path) = settings.place {
            context.observer.log(
                .warning, "--study \(path): ag.simulate keeps no study, and nothing else was run")
        }
        // Of those that are kept for it, the program shows what came out.
        guard !settings.keepsStudies, let study = studies.last, !study.isRead,
            study.state.frontCount > 0, let place = study.place
        else { return }
        context.observer.log(
            .notice,
            "experiment \"\(study.view.name)\" is kept in \(place): "
                + "mohpo-lua front \(ShellWord.quoted(place)) shows its front")
    }

    private func warnOfSameArguments(_ declaration: ExperimentDeclaration) {
        guard let warning = sameArguments.warning(of: declaration, settings) else { return }
        context.observer.log(.warning, warning)
    }

    /// Runs an experiment to its end, or only validates it.
    ///
    /// - Parameter isSimulated: on the clock of what trials report as `elapsed`.
    func run(_ object: ExperimentObject, isSimulated: Bool = false) throws -> StudyObject {
        let declaration = object.declaration
        try noteRun(object)
        guard !settings.isCheck else {
            let study = try StudyObject(unrun: declaration.definition(settings))
            studies.append(study)
            return study
        }
        warnOfSameArguments(declaration)
        if isSimulated { hasSimulated = true } else { hasRun = true }
        // A script may run any number of studies, so that those no one will ask for are let go before
        // the next takes its memory.
        if !settings.keepsStudies { studies = [] }
        if let serving = settings.serving, !isSimulated {
            let study = try serve(declaration, serving)
            took(study)
            return study
        }
        if case .server(let address) = settings.place, !isSimulated {
            let study = try runShared(declaration, at: address)
            took(study)
            return study
        }
        let door = settings.isControlled && !isSimulated ? ControlDoor() : nil
        defer { door?.close() }
        let (executor, loop) = try executor(
            for: declaration, isSimulated: isSimulated, door: door)
        do { try operations.withTrials(of: executor) { try run(executor, under: loop) } } catch {
            took(studyObject(executor, loop))
            throw error
        }
        let study = studyObject(executor, loop)
        took(study)
        return study
    }

    /// Takes note that an experiment is run.
    ///
    /// - Throws: `LuaError` within another one.
    func noteRun(_ object: ExperimentObject) throws {
        if !object.wasRun { unrun.remove(object.declaration) }
        object.wasRun = true
        guard operations.executor == nil else {
            throw LuaError("run: an experiment cannot be run from within another")
        }
    }

    private func run(_ executor: LuaTrialExecutor, under loop: StudyLoop) throws {
        do {
            guard try loop.run(executor) == .interrupt else { return }
        } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        }
        context.interruption.arrive()
        throw LuaError("interrupted", at: .none)
    }

    /// The study of a run for the script to look at. The journal is closed: what reports keep is read
    /// from its file, which may be where the user has said.
    private func studyObject(_ executor: LuaTrialExecutor, _ loop: StudyLoop) -> StudyObject {
        guard let path = loop.place else {
            let kept = loop.artifactsInMemory
            return StudyObject(loop, arguments: executor.arguments) { kept[$0]?.artifact }
        }
        let granted = settings.place.directory
        return StudyObject(loop, arguments: executor.arguments) { key in
            try Confinement.$current.withValue(
                Confinement.current(grantedAlso: granted)
            ) { try KeptStudy.artifact(key, at: path) }
        }
    }

    /// Takes a study that was run, to its end or not.
    func took(_ study: StudyObject) {
        studies.append(study)
        let view = study.view
        guard view.hasOnlyFailedTrials, !failedStudies.contains(view.name) else { return }
        failedStudies.append(view.name)
    }
}

// MARK: - Making a run

extension ExperimentRunner {
    private func executor(
        for declaration: ExperimentDeclaration, isSimulated: Bool, door: ControlDoor?
    ) throws -> (LuaTrialExecutor, StudyLoop) {
        let session = try opening.open(
            declaration, script: script, isSimulated: isSimulated, policy: door?.policy)
        // It may have been extended since the script was written.
        let pool = WorkerPool(workers: settings.workers(slots: session.state.definition.slots))
        let clock = isSimulated ? SimulatedTime() : nil
        let loop = StudyLoop(
            session, options: options(declaration, pool), observer: context.observer,
            clock: clock ?? WallClock(), queue: MessageQueue(alsoWake: pool.wake),
            onEvent: EventNarrator(context.observer)?.tell)
        do { try door?.open(loop) } catch {
            context.observer.log(.warning, "no one can stop trials of this run: \(error)")
        }
        return (executor(for: declaration, under: loop, pool: pool, simulated: clock), loop)
    }

    /// What runs the trials of an experiment.
    ///
    /// - Parameters:
    ///   - loop: its queue wakes `pool`.
    ///   - slots: how many run at a time, where that is not the study's number.
    ///   - simulated: the clock of `loop`, if it is one of a simulation.
    func executor(
        for declaration: ExperimentDeclaration, under loop: any TrialHost, pool: WorkerPool,
        slots: Int? = nil, simulated: SimulatedTime? = nil
    ) -> LuaTrialExecutor {
        let factory = TrialFactory(
            declaration: declaration, definition: loop.state.definition, lua: context.lua,
            tables: ArgumentTables(
                prelude: context.prelude, handles: declaration.space.declared.handles),
            timeLimit: timeLimit)
        return LuaTrialExecutor(
            loop, factory: factory, pool: pool, interruption: context.interruption,
            observer: context.observer, pausedNetworks: operations.paused, slots: slots,
            directory: settings.directory, simulated: simulated)
    }

    /// What the user has decided about a run.
    func options(_ declaration: ExperimentDeclaration, _ pool: WorkerPool) -> RunOptions {
        var options = RunOptions(title: declaration.title)
        options.timeOut = settings.applied(to: declaration.options).timeOut
        options.isInterrupted = { [interruption = context.interruption] in interruption.isRequested
        }
        options.workers = pool.workers
        options.commandToResume = settings.commandToResume ?? options.commandToResume
        options.keeps = declaration.options.keeps
        options.mayUseMoreCores = !settings.choosesThreads
        return options
    }
}
