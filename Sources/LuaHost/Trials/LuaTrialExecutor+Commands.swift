internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// How coroutines follow what the study decides.
extension LuaTrialExecutor {
    func carryOut(_ command: Command) {
        switch command {
        case .start(let id, let configuration, _):
            simulated?.resume(id)
            slots.whenFree { [self] slot in start(id, configuration, slot: slot) }
        case .retry(let id):
            simulated?.restart(id)
            guard let trial = loop.state.trial(id) else { return }
            slots.whenFree { [self] slot in start(id, trial.configuration, slot: slot) }
        case .continue(let id):
            simulated?.resume(id)
            guard let trial = trials[id], !trial.isOver else { return }
            guard trial.slot == nil else { return release(trial) }
            takeSlot(trial)
        case .pause(let id): trials[id].map(pause)
        case .stop(let id): trials[id].map(close)
        case .complete(let id):
            guard let trial = trials[id], !trial.isOver else { return }
            trial.isComplete = true
            release(trial)
        case .decide, .studyEnded: break
        }
    }

    /// Lets a trial's reporter return.
    func release(_ trial: LuaTrial) {
        trial.isWaiting = false
        pausedNetworks.remove(trial.id)
        if trial.isReporting { trial.mayContinue = true } else { makeReady(trial.id) }
    }

    /// Forgets a trial whose coroutine has ended.
    func forget(_ trial: LuaTrial) {
        trials[trial.id] = nil
        pausedNetworks.remove(trial.id)
        waits.forget(trial.id)
        endProcesses(of: trial)
    }

    func refuse(_ message: TrialMessage, because refusal: Refusal) {
        guard let trial = trials[message.trial] else { return }
        trial.refusal = LuaError(refusal, to: message)
        if !trial.isReporting { makeReady(trial.id) }
    }

    private func start(_ id: Int, _ configuration: Configuration, slot: Int) {
        // A script that is interrupted runs no code, and that is no failure of the trial's.
        // A user may have stopped the trial while it waited for the slot's number.
        guard !interruption.isRequested, loop.state.trial(id)?.state == .running else {
            return slots.free(slot)
        }
        do {
            let (trial, table) = try factory.make(
                id, configuration, reporter: Reporter(self, trial: id))
            trial.slot = slot
            trials[id] = trial
            arguments.keep(table, of: id)
            makeReady(id)
        } catch {
            slots.free(slot)
            guard !interruption.isRequested else { return }
            fail(id, error as? LuaError ?? LuaError("\(error)"))
        }
    }

    /// Ends a trial's coroutine; its to-be-closed variables run.
    func close(_ trial: LuaTrial) {
        trial.isOver = true
        // On the stack below us: it learns that when its reporter returns.
        guard !trial.isReporting else {
            trial.mayContinue = true
            return
        }
        trials[trial.id] = nil
        pausedNetworks.remove(trial.id)
        waits.forget(trial.id)
        operations.forget(trial.id)
        trial.token.cancel()
        if let error = enter(trial, { trial.coroutine.close() }) {
            observer.log(.warning, "trial \(trial.id), while closing: \(error.message)")
        }
        endProcesses(of: trial)
    }
}

extension LuaError {
    /// What a script is told whose message was refused.
    fileprivate init(_ refusal: Refusal, to message: TrialMessage) {
        switch (message, refusal) {
        case (_, .memory(let error)): self.init("\(error)")
        case (.reported, _): self.init("reporter: \(refusal)")
        case (_, .checkpoint(let error)): self.init("\(error)", at: .none)
        default: self.init("\(refusal)")
        }
    }
}
