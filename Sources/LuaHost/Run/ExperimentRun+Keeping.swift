internal import Engine
internal import LuaBridge
internal import Storage

/// How a run keeps its study.
extension ExperimentRun {
    static func open(
        _ definition: StudyDefinition, _ host: ScriptHost, isSimulated: Bool
    ) throws -> StudySession {
        guard !isSimulated else { return try StudySession(new: definition, MemoryJournal()) }
        do {
            return try host.store.open(definition, script: host.scriptPath) {
                host.observer.log(.notice, $0)
            }
        } catch ConductorError.changed(let changes) {
            throw LuaError(Self.refusal(changes, mayExtend: host.settings.extends))
        } catch let error as StorageError {
            throw LuaError("\(error)\(Self.advice(error, host.settings))")
        } catch let error as EventError {
            throw LuaError("study: \(error)")
        } catch let error as Event.UnknownEvent {
            throw LuaError("study: \(error)")
        }
    }

    private static func refusal(_ changes: [DefinitionChange], mayExtend: Bool) -> String {
        let refused = mayExtend ? changes.filter { !$0.isExtension } : changes
        let canExtend = !mayExtend && changes.allSatisfy(\.isExtension)
        return "--resume: the script is not what the study goes on with: "
            + refused.map(\.description).joined(separator: "; ")
            + (canExtend ? "; --extend goes on with it all the same" : "")
    }

    private static func advice(_ error: StorageError, _ settings: RunSettings) -> String {
        switch error {
        case .exists: "; --resume goes on with it, --study PATH names another"
        case .notAStudy: "; --study PATH names another"
        case .missing: settings.resumes ? "; without --resume a new study begins" : ""
        case .unwritable: "; --study PATH names another place, --study memory keeps nothing"
        default: ""
        }
    }

    /// A script ends the process: what is written but not kept, a checkpoint after the last report,
    /// is kept now.
    func keepAtExit() {
        do { try journal.sync() } catch { host.observer.log(.warning, "study: \(error)") }
    }

    /// Lets the reporter return once the journal has kept the report: together with those of other
    /// trials that have something to do now.
    func goOnOnceKept(_ trial: TrialRun, _ call: LuaCall) throws -> LuaAnswer {
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
    func keep() throws {
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
        if !journal.isDurableOnReturn { keeping.hasMore() }
    }

    func storedCheckpoint(of trial: Int) throws -> Checkpoint? {
        do { return try journal.checkpoint(of: trial) } catch { throw Self.failure(error) }
    }

    /// Closes the study's file; an error then concerns no report, all of which are kept.
    func close(_ journal: SQLiteJournal) {
        do { try journal.close() } catch { host.observer.log(.warning, "study: \(error)") }
    }

    /// What the user is told when the journal fails.
    static func failure(_ error: any Error) -> LuaError {
        LuaError(
            "study: \(error); what reporters have returned for is kept, and --resume goes on with it",
            at: .none)
    }
}
