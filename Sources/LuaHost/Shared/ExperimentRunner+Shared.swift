internal import Engine
internal import LuaBridge
internal import Platform
internal import PostgresStorage
internal import Results
internal import Running

/// Studies in a database, whose trials several processes run.
extension ExperimentRunner {
    /// Runs trials of a study until it has ended, and decides about it when no other process does.
    ///
    /// - Throws: `LuaError`.
    func runShared(
        _ declaration: ExperimentDeclaration, at address: ServerAddress
    ) throws -> StudyObject {
        let definition = try declaration.definition(settings)
        do {
            let shared = try find(declaration, definition, at: address)
            sharedNumber = shared.number
            return try run(shared, as: declaration, definition)
        } catch let error as ServerError {
            throw LuaError("\(error)")
        } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        } catch let error as JournalError {
            throw LuaError("\(error)", at: .none)
        } catch let error as EventError {
            throw LuaError("study: \(error)")
        } catch let error as Event.UnknownEvent {
            throw LuaError("study: \(error)")
        }
    }

    /// The study to join, or a new one, or one that is resumed.
    private func find(
        _ declaration: ExperimentDeclaration, _ definition: StudyDefinition,
        at address: ServerAddress
    ) throws -> SharedStudy {
        sharedOrdinal += 1
        let catalog = PostgresCatalog(address)
        let search = StudySearch(
            catalog: catalog, settings: settings, name: definition.name, ordinal: sharedOrdinal,
            previous: sharedNumber)
        var told: Set<String> = []
        while true {
            var reason = "waiting for a study \"\(definition.name)\" in \(address)"
            do {
                if let found = try find(declaration, by: search, in: catalog) { return found }
            } catch let error as ServerError {
                // A worker may come before its server.
                guard settings.joinsOnly, case .unreachable = error else { throw error }
                reason = "\(error); waiting for it"
            }
            if told.insert(reason).inserted { context.observer.log(.notice, reason) }
            try pause(0.5)
        }
    }

    /// - Returns: nil where there is nothing to join, and this process begins nothing.
    private func find(
        _ declaration: ExperimentDeclaration, by search: StudySearch, in catalog: PostgresCatalog
    ) throws -> SharedStudy? {
        try catalog.alone(with: search.name) { () -> SharedStudy? in
            if let place = try search.joinable() {
                opening.joins()
                context.observer.log(.notice, "joined \(place)")
                return SharedStudy(place: place, opened: nil)
            }
            guard !settings.joinsOnly else { return nil }
            let session = try opening.open(declaration, script: script, isSimulated: false)
            guard let place = session.place else { return nil }
            return SharedStudy(place: place, opened: session)
        }
    }

    private func run(
        _ shared: SharedStudy, as declaration: ExperimentDeclaration,
        _ definition: StudyDefinition
    ) throws -> StudyObject {
        let pool = WorkerPool(workers: settings.workers(slots: max(1, slots)))
        let queue = MessageQueue(alsoWake: pool.wake)
        let control = DeciderControl(onNote: queue.wake)
        let run = options(declaration, pool)
        let candidate = DeciderCandidate(
            shared.place, definition: definition,
            options: .init(title: run.title, timeOut: run.timeOut, keeps: run.keeps),
            control: control)
        candidate.start(with: shared.opened)
        defer {
            control.end(interrupting: false)
            candidate.waitForEnd()
        }
        let events: EventFold
        do {
            events = try beginning(of: shared, control)
            if shared.opened == nil { try check(definition, of: declaration, against: events) }
        } catch {
            pool.close()
            throw error
        }
        let reason = try agent(
            shared, declaration, beginning: events, control: control, pool: pool, queue: queue)
        // Before the study is read: the decider may still write.
        let isLeft = try end(reason, control: control, candidate: candidate, at: shared.place)
        let study = try finished(shared, declaration, hasDecided: control.hasDecided)
        if isLeft {
            context.observer.log(.notice, "left \(shared.place), which other processes run")
        } else if reason == nil || reason == .timeOut {
            context.observer.log(
                .notice, "kept in \(shared.place): \(run.commandToResume) continues it")
        }
        guard reason == nil else { return study }
        took(study)
        context.interruption.arrive()
        throw LuaError("interrupted", at: .none)
    }

    /// Runs trials.
    ///
    /// - Returns: why the study has ended; nil where this process was interrupted before.
    private func agent(
        _ shared: SharedStudy, _ declaration: ExperimentDeclaration, beginning: EventFold,
        control: DeciderControl, pool: WorkerPool, queue: MessageQueue
    ) throws -> EndReason? {
        let link = AgentLink(onArrival: queue.wake)
        var reader = try PostgresAgentBoard(shared.place)
        let loop = AgentLoop(
            AgentLoop.Options(
                slots: slots, place: shared.place, keeps: declaration.options.keeps,
                run: options(declaration, pool), readCheckpoint: { try reader.checkpoint(of: $0) }),
            beginning: beginning, link: link, control: control, queue: queue,
            observer: context.observer, onEvent: EventNarrator(context.observer)?.tell)
        let executor = executor(for: declaration, under: loop, pool: pool, slots: max(1, slots))
        let description = AgentDescription(
            slots: slots, program: settings.programVersion,
            directory: executor.folders.directory, isOwner: shared.opened != nil)
        let (place, count) = (shared.place, beginning.total)
        SystemThread.start(stackSize: 1 << 20) {
            AgentLink.run(
                link, makeBoard: { try PostgresAgentBoard(place) }, as: description,
                eventCount: count, onSent: control.wake)
        }
        return try operations.withTrials(of: executor) { try loop.run(executor) }
    }

    /// Ends what this process decides. Where nothing else runs the study, an interruption ends it.
    ///
    /// - Returns: whether others run the study on.
    private func end(
        _ reason: EndReason?, control: DeciderControl, candidate: DeciderCandidate,
        at place: String
    ) throws -> Bool {
        var board = try PostgresAgentBoard(place)
        let isLeft = reason == nil && isRun(on: &board, isDeciding: control.isDeciding)
        control.end(interrupting: reason == nil && !isLeft && control.isDeciding)
        candidate.waitForEnd()
        if let failure = control.failure { throw failure }
        return isLeft
    }

    /// Whether others run the study, as far as the server says: one that decides may not have come to
    /// announce its agent.
    private func isRun(on board: inout PostgresAgentBoard, isDeciding: Bool) -> Bool {
        (try? board.hasOtherAgents()) != false || !isDeciding && (try? board.hasDecider()) != false
    }

    private var slots: Int { settings.slots ?? availableCores() }

    /// The events of a study that has begun.
    private func beginning(
        of shared: SharedStudy, _ control: DeciderControl
    ) throws -> EventFold {
        var board = try PostgresAgentBoard(shared.place)
        while true {
            var fold = EventFold()
            for event in (try? board.events(from: 0)) ?? [] { fold.add(event) }
            if fold.total > 0, try !isResuming(fold, of: shared, on: &board) { return fold }
            if let failure = control.failure { throw failure }
            try pause(0.02)
        }
    }

    /// Whether a process continues a study that has ended, and has not written that yet.
    private func isResuming(
        _ fold: EventFold, of shared: SharedStudy, on board: inout PostgresAgentBoard
    ) throws -> Bool {
        guard try fold.study.endReason != nil else { return false }
        if let opened = shared.opened { return opened.state.endReason == nil }
        return (try? board.hasDecider()) != false
    }

    /// An agent whose script declares another study is refused.
    private func check(
        _ definition: StudyDefinition, of declaration: ExperimentDeclaration,
        against fold: EventFold
    ) throws {
        let stored = try fold.study.definition
        // What the script does not say is as the study has it.
        let asked =
            settings.resumes
            ? try declaration.definition(settings, continuing: stored) : definition
        let changes = asked.changes(from: stored)
        guard changes.isEmpty else {
            throw LuaError(
                "the script declares another study than the one to join: "
                    + changes.map(\.description).joined(separator: "; "))
        }
    }

    private func finished(
        _ shared: SharedStudy, _ declaration: ExperimentDeclaration, hasDecided: Bool
    ) throws -> StudyObject {
        let stored = try patiently { try ServerStudy.read(shared.place) }
        let view = try KeptStudy.server(stored).view
        let tables = ArgumentTables(
            prelude: context.prelude, handles: declaration.space.declared.handles)
        return StudyObject(
            view, arguments: TrialArguments(tables, view.state.definition.space), charge: nil,
            place: shared.place, writesFiles: try writesFiles(shared, hasDecided: hasDecided)
        ) { try KeptStudy.artifact($0, at: shared.place) }
    }

    /// The process that has opened the study writes what the script saves; where that is gone, the one
    /// that has decided last.
    private func writesFiles(_ shared: SharedStudy, hasDecided: Bool) throws -> Bool {
        guard shared.opened == nil else { return true }
        guard hasDecided else { return false }
        var board = try PostgresAgentBoard(shared.place)
        return try !patiently { try board.hasOwner() }
    }

    /// Does what may be repeated. A server that is away is waited for, a minute at most.
    private func patiently<T>(_ body: () throws -> T) throws -> T {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do { return try body() } catch let error as ServerError {
                guard case .unreachable = error, .now < end else { throw error }
            } catch let error as JournalError {
                guard error.isTemporary, .now < end else { throw error }
            }
            try pause(0.2)
        }
    }

    private func pause(_ seconds: Double) throws {
        usleep(UInt32(seconds * 1e6))
        guard !context.interruption.isRequested else {
            context.interruption.arrive()
            throw LuaError("interrupted", at: .none)
        }
    }
}
