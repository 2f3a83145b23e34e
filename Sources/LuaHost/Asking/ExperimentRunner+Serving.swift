internal import Engine
internal import LuaBridge
internal import Platform
internal import Results
internal import Running

/// Experiments that are opened to clients.
extension ExperimentRunner {
    /// Opens an experiment to clients until its study has ended, or the last client has gone.
    func serve(_ declaration: ExperimentDeclaration, _ serving: Serving) throws -> StudyObject {
        let added = AddedConfigurations()
        let queue = MessageQueue()
        let inbox = AskInbox(wake: queue.wake)
        let loop = StudyLoop(
            try openAsked(declaration, added), options: options(of: declaration, inbox),
            observer: context.observer, queue: queue,
            onEvent: EventNarrator(context.observer)?.tell)
        let folders = TrialFolders(study: loop.place, isResumed: loop.isResumed) { [context] in
            context.observer.log(.notice, $0)
        }
        let executor = AskExecutor(
            loop, inbox: inbox, lease: serving.lease, folders: folders, views: Serving.views,
            added: added)
        let server = AskServer(inbox, names: ReportNames(loop.state.definition))
        defer {
            serving.close()
            server.close()
            folders.close()
        }
        do {
            if let place = try serving.open(server, of: loop.place) {
                context.observer.log(.notice, place)
            }
            let reason = try loop.run(executor)
            if reason != .interrupt { answerRest(executor, server) }
        } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        } catch let error as FileError {
            throw LuaError("serve: \(error)", at: .none)
        } catch let error as AskDoorError {
            throw LuaError("\(error)", at: .none)
        }
        let study = StudyObject(loop, arguments: trialArguments(of: declaration, loop))
        guard !context.interruption.isRequested else {
            took(study)
            context.interruption.arrive()
            throw LuaError("interrupted", at: .none)
        }
        return study
    }

    /// Seconds without a client after which the server of a study that has ended closes.
    private static let patience = 5.0

    private func answerRest(_ executor: AskExecutor, _ server: AskServer) {
        var last = ContinuousClock.now
        executor.answerRest {
            if server.hasClients { last = .now }
            return context.interruption.isRequested
                || last.duration(to: .now) > .seconds(Self.patience)
        }
    }

    /// Makes the tables of trials that no function has run.
    private func trialArguments(
        of declaration: ExperimentDeclaration, _ loop: StudyLoop
    ) -> TrialArguments {
        TrialArguments(
            ArgumentTables(
                prelude: context.prelude, handles: declaration.space.declared.handles),
            loop.state.definition.space)
    }

    /// `experiment:open()`: a study whose trials the script asks for itself.
    func open(_ object: ExperimentObject) throws -> OpenStudy {
        let declaration = object.declaration
        try noteRun(object)
        guard !settings.isCheck else {
            throw LuaError("open: expected a run, got a check, which runs no trials")
        }
        let added = AddedConfigurations()
        let queue = MessageQueue()
        let inbox = AskInbox(wake: queue.wake)
        let loop = StudyLoop(
            try openAsked(declaration, added), options: options(of: declaration, inbox),
            observer: context.observer, queue: queue)
        let folders = TrialFolders(study: loop.place, isResumed: loop.isResumed) { [context] in
            context.observer.log(.notice, $0)
        }
        let executor = AskExecutor(
            loop, inbox: inbox, lease: Self.endless, folders: folders, views: Serving.views,
            added: added, isTurned: true)
        return try OpenStudy(
            loop, executor, folders: folders, arguments: trialArguments(of: declaration, loop)
        ) { [self] in took($0) }
    }

    /// A script does not lose the trials that it has.
    private static let endless = 1e9

    /// Opens a study whose reports count as they come, where the script does not say otherwise: a client
    /// may run its trials one after another.
    private func openAsked(
        _ declaration: ExperimentDeclaration, _ added: AddedConfigurations
    ) throws -> StudySession {
        try opening.open(
            declaration, script: script, isSimulated: false, order: .arrival,
            policy: { AddedFirstPolicy(added, before: $0.makeSlotPolicy()) })
    }

    private func options(of declaration: ExperimentDeclaration, _ inbox: AskInbox) -> RunOptions {
        var options = RunOptions(title: declaration.title)
        options.timeOut = settings.applied(to: declaration.options).timeOut
        options.isInterrupted = { [interruption = context.interruption] in
            interruption.isRequested || inbox.isClosed
        }
        return options
    }
}
