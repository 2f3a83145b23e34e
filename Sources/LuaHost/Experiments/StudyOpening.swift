internal import Engine
internal import LuaBridge
internal import Platform
internal import PostgresStorage
internal import Running
internal import Storage

/// Opens the studies of a script's experiments, with errors in the words of the command line.
struct StudyOpening {
    private let store: StudyStore
    private let settings: RunSettings
    private let observer: any RunObserver

    init(_ settings: RunSettings, observer: any RunObserver) {
        (self.settings, self.observer) = (settings, observer)
        var options = StudyStore.Options()
        (options.resumes, options.extends) = (settings.resumes, settings.extends)
        options.program = settings.programVersion
        if case .file = settings.place {
            options.adviceForAnother = "another --study PATH begins a new one"
        } else {
            options.adviceForAnother = "without --resume a new study begins"
        }
        store = StudyStore(settings.catalog, options: options)
    }

    /// The next experiment is run in a study that another process has opened.
    func joins() { store.joins() }

    /// A study to run: a new one, or one that is resumed.
    ///
    /// - Parameters:
    ///   - declaration: what the script says of it.
    ///   - script: the script's path, for the study's file.
    ///   - isSimulated: a simulation is kept nowhere.
    ///   - order: in which reports are committed where the script does not say it; nil for the usual one.
    ///   - policy: makes what decides about free slots; nil: what the definition names.
    /// - Throws: `LuaError`.
    func open(
        _ declaration: ExperimentDeclaration, script: String, isSimulated: Bool,
        order: CommitOrder? = nil, policy: ((StudyDefinition) -> any SlotPolicy)? = nil
    ) throws -> StudySession {
        let definition = try declaration.definition(settings, order: order)
        guard !isSimulated else { return try StudySession(new: definition, MemoryJournal()) }
        let folder = missingFolder
        defer {
            if let folder, missingFolder == nil {
                observer.log(.notice, "made the folder \(folder)")
            }
        }
        do {
            // In the sandbox: below the working directory, and where the user has said.
            return try Confinement.$current.withValue(
                Confinement.current(grantedAlso: settings.place.directory)
            ) {
                try store.open(
                    definition,
                    continued: { try declaration.definition(settings, continuing: $0) },
                    script: script, policy: policy
                ) { observer.log(.notice, $0) }
            }
        } catch ConductorError.changed(let changes) {
            throw LuaError(refusal(changes))
        } catch let error as StorageError {
            throw LuaError("\(error)\(advice(error))")
        } catch let error as ServerError {
            throw LuaError("\(error)")
        } catch let error as JournalError {
            throw LuaError("\(error)")
        } catch let error as EventError {
            throw LuaError("study: \(error)")
        } catch let error as Event.UnknownEvent {
            throw LuaError("study: \(error)")
        }
    }

    /// The folder of `--study`, where it is not there.
    private var missingFolder: String? {
        guard case .file(let path) = settings.place else { return nil }
        let folder = PathText.split(path).folder
        return access(folder, F_OK) == 0 ? nil : folder
    }

    private func refusal(_ changes: [DefinitionChange]) -> String {
        let refused = settings.extends ? changes.filter { !$0.isExtension } : changes
        let canExtend = !settings.extends && changes.allSatisfy(\.isExtension)
        return "--resume: the script differs from the stored study: "
            + refused.map(\.description).joined(separator: "; ")
            + (canExtend ? "; --extend accepts that" : "")
    }

    private func advice(_ error: StorageError) -> String {
        switch error {
        case .exists: "; --resume continues it, --study PATH names another"
        case .notAStudy: "; --study PATH names another"
        case .missing: settings.resumes ? "; without --resume a new study begins" : ""
        case .unwritable: "; --study PATH names another place, --study memory keeps nothing"
        default: ""
        }
    }
}

extension RunSettings {
    /// Where the studies are kept.
    fileprivate var catalog: any StudyCatalog {
        switch place {
        case .memory: MemoryCatalog()
        case .file(let path): FileCatalog(path, durability: durability)
        case .folder(let folder): FolderCatalog(folder, durability: durability)
        case .server(let address): PostgresCatalog(address)
        }
    }
}
