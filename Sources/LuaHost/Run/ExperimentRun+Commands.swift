internal import Engine
internal import LuaBridge
internal import NN

/// How a run carries out what the conductor wants.
extension ExperimentRun {
    /// Carries out what is due now. That may bring more, which waits: before it somebody may want
    /// the study to end.
    func carryOutCommands() throws {
        guard !commands.isEmpty else { return }
        // Nothing is acted on that a crash could undo.
        try keep()
        let due = commands
        commands = []
        for command in due { try carryOut(command) }
    }

    private func carryOut(_ command: Command) throws {
        switch command {
        case .start(let id, let configuration, _):
            simulated?.goesOn(id)
            try start(id, configuration)
        case .continue(let id):
            simulated?.goesOn(id)
            try goOn(id)
        case .retry(let id): try startAnew(id)
        case .stop(let id), .complete(let id): trials[id].map(close)
        case .pause: break
        case .studyEnded(let reason): self.reason = reason
        }
    }

    /// Lets a trial go on that waits for a decision.
    private func goOn(_ id: Int) throws {
        guard let trial = trials[id], !trial.isOver else {
            // It has ended while it was paused, and holds a slot now that others can use.
            return try fail(id, LuaError(Self.cannotWait(id)))
        }
        if trial.isWaitingInPlace { trial.mayGoOn = true } else { makeReady(id) }
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

    func closeTrials() {
        for trial in trials.values { trial.token.cancel() }
        for id in trials.keys.sorted() { trials[id].map(close) }
        trials = [:]
    }
}
