internal import Engine
internal import Platform

/// How a study takes what trials send.
extension StudyLoop {
    /// Takes a message on the loop's thread. What follows for the trial itself is carried out before the
    /// call returns, if it is only to compute on and need not wait for the journal.
    public func take(_ message: TrialMessage) {
        process(message)
        guard !commit.isUrgent, commit.isDue, commit.failure == nil else { return }
        if !commit.isUnsynced || executor?.hasWork == false { flush() }
    }

    /// Takes what has been posted; false when there is nothing.
    func takeMessages() -> Bool {
        let items = queue.takeAll()
        for item in items {
            switch item {
            case .message(let message): process(message)
            case .decided(let answer): take(answer)
            }
        }
        return !items.isEmpty
    }

    private func process(_ message: TrialMessage) {
        guard commit.failure == nil else { return }
        do {
            switch message {
            case .reported(let trial, let fields, let kept):
                try report(trial, fields: fields, kept: kept)
            case .checkpoint(let trial, let content): store(content, of: trial)
            case .ended(let trial, let ending): try end(trial, ending)
            case .heartbeat: break
            }
            try keepRetriedCheckpoints()
            try trimArtifacts()
            tellFailures()
        } catch let refusal as Refusal {
            executor?.refuse(message, because: refusal)
        } catch {
            commit.failure = .journal(error)
        }
    }

    private func report(_ trial: Int, fields: [Name: Value], kept: [UInt8]?) throws {
        let receipt: ReportReceipt
        let now: Double
        do {
            let bytes = fields.reduce(256) { sum, field in
                sum + 128 + 2 * field.key.text.utf8.count + 3 * field.value.textBytes
            }
            try charge.add(bytes, purpose: "the reports of trial \(trial)")
            now = seconds
            receipt = try conductor.report(trial: trial, fields: fields, seconds: now)
        } catch let error as OutOfMemory {
            throw Refusal.memory(error)
        } catch let error as ReportError {
            throw Refusal(error, fields: fields, of: state.definition)
        }
        commit.add(receipt.commands, afterReportOf: trial)
        guard !receipt.isRepeated else { return }
        try releaseCheckpoint(of: trial)
        if let kept {
            try artifacts.keep(
                Artifact(.init(trial: trial, resource: receipt.resource), content: kept))
        }
        if !journal.isDurableOnReturn { commit.wrote() }
        counts.add(receipt, trial: trial, seconds: now)
    }

    /// Drops what reports keep that have lost their place.
    func trimArtifacts() throws {
        // To hand over the study's state is to copy it, and most studies keep nothing.
        guard !artifacts.isEmpty else { return }
        try artifacts.trim(state)
    }

    /// Takes a checkpoint, which becomes durable with the trial's next report.
    private func store(_ content: [UInt8], of trial: Int) {
        heldCheckpoints[trial] = Checkpoint(
            trial: trial, resource: conductor.reportedResource(of: trial), content: content)
    }

    /// Writes a trial's checkpoint together with the report that has just been received.
    ///
    /// One of an attempt that failed waits until the retry is in the history: a trial that is resumed
    /// before fails there again.
    private func releaseCheckpoint(of trial: Int) throws {
        guard let checkpoint = heldCheckpoints[trial], let known = state.trial(trial) else {
            return
        }
        switch known.state {
        case .running, .paused, .completed:
            let isInSlot = conductor.virtualTime(of: trial) != nil
            guard !isInSlot || conductor.retries(of: trial) == known.failures.count else { return }
            try journal.save(checkpoint)
        case .stopped, .failed: break
        }
        heldCheckpoints[trial] = nil
    }

    /// Writes the checkpoints of attempts that failed together with the retries that are in the history
    /// now. One that is known before its retry would keep a resumed trial from failing there again; one
    /// that is lost behind it would have the trial fail once more.
    func keepRetriedCheckpoints() throws {
        guard !failedCheckpoints.isEmpty, !state.isInterrupted else { return }
        for (trial, checkpoint) in failedCheckpoints {
            if conductor.virtualTime(of: trial) == nil {
                failedCheckpoints[trial] = nil
            } else if state.trial(trial)?.failures.count == conductor.retries(of: trial) {
                try journal.save(checkpoint)
                failedCheckpoints[trial] = nil
            }
        }
    }

    private func end(_ trial: Int, _ ending: TrialEnding) throws {
        guard conductor.virtualTime(of: trial) != nil else {
            if state.trial(trial)?.state == .paused { endings[trial] = ending }
            return
        }
        switch ending {
        case .returned:
            heldCheckpoints[trial] = nil
            commit.add(try conductor.trialEnded(trial, .returned))
        case .failed(let message, let details):
            let text = [message, details].compactMap { $0 }.joined(separator: "\n")
            failures[trial] = message
            let commands = try conductor.trialEnded(trial, .failed(text))
            if commands.first == .retry(trial: trial) {
                failures[trial] = nil
                failedCheckpoints[trial] = heldCheckpoints.removeValue(forKey: trial)
                log.retried(
                    trial, message, count: conductor.retries(of: trial),
                    limit: state.definition.retries)
            } else {
                heldCheckpoints[trial] = nil
            }
            commit.add(commands)
        }
    }

    /// Tells of the failures that have been committed since.
    func tellFailures() {
        guard !failures.isEmpty else { return }
        for trial in failures.keys.sorted() where state.trial(trial)?.state == .failed {
            failures.removeValue(forKey: trial).map { log.failed(trial, $0) }
        }
    }

    /// Makes durable what is written, and has the executor carry out what waited for that.
    func flush() {
        guard commit.failure == nil else { return }
        do { try sync() } catch {
            commit.failure = .journal(error)
            return
        }
        for command in commit.take() { carryOut(command) }
    }

    /// Waits where another program holds the journal's lock, or its server is away, until that is over or
    /// the run is interrupted.
    private func sync() throws {
        let commands = commit.commands.filter { !hasEnded($0) }
        var isWaiting = false
        while true {
            do {
                return try executor?.sync(journal, before: commands) ?? journal.sync()
            } catch let error as JournalError {
                guard error.isTemporary, !options.isInterrupted() else { throw error }
                if !isWaiting { log.observer.log(.warning, "\(error); the run waits for it") }
                isWaiting = true
            }
        }
    }

    /// Whether a command is for a trial that has ended while it was paused.
    private func hasEnded(_ command: Command) -> Bool {
        if case .continue(let trial) = command { endings[trial] != nil } else { false }
    }

    private func carryOut(_ command: Command) {
        switch command {
        case .studyEnded(let reason): self.reason = reason
        case .stop(let trial), .complete(let trial):
            heldCheckpoints[trial] = nil
            executor?.carryOut(command)
        case .decide(let request): decide(request)
        case .continue(let trial):
            guard let ending = endings.removeValue(forKey: trial) else { fallthrough }
            take(.ended(trial: trial, ending))
        default: executor?.carryOut(command)
        }
    }

    /// Has a decision about a free slot worked out while the loop takes other trials' messages.
    private func decide(_ request: SlotRequest) {
        isDeciding = true
        executor?.decide { [queue] in queue.post(.decided(request.compute())) }
    }

    private func take(_ answer: SlotAnswer) {
        guard commit.failure == nil else { return }
        isDeciding = false
        do {
            commit.add(try conductor.decided(answer))
            try keepRetriedCheckpoints()
            try trimArtifacts()
        } catch { commit.failure = .journal(error) }
        tellFailures()
    }
}
