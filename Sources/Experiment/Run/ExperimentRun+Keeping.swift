internal import Engine
internal import LuaBridge
internal import Storage

/// How a run keeps its study.
extension ExperimentRun {
    static func open(
        _ definition: StudyDefinition, _ host: ScriptHost, isSimulated: Bool
    ) throws -> OpenStudy {
        guard !isSimulated else { return try OpenStudy(new: definition, MemoryJournal()) }
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
        return "--resume: the script is not what the study was begun with: "
            + refused.map(\.description).joined(separator: "; ")
            + (canExtend ? "; --extend goes on with it all the same" : "")
    }

    private static func advice(_ error: StorageError, _ settings: RunSettings) -> String {
        switch error {
        case .exists: "; --resume goes on with it, --study PATH names another"
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
