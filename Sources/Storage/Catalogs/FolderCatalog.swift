public import Engine

/// The studies of a folder, each in a file of its own. Their addresses are paths.
public struct FolderCatalog: StudyCatalog {
    /// Where the files are.
    public let folder: String
    /// What writes are to outlast.
    public let durability: SQLiteJournal.Durability

    /// A catalog of a folder, which need not exist.
    public init(_ folder: String, durability: SQLiteJournal.Durability = .process) {
        (self.folder, self.durability) = (folder, durability)
    }

    /// Makes a file, whose name has a number where another has taken it.
    public func create(_ metadata: StudyMetadata) throws -> any Journal {
        try StudyFolder.create(in: folder, about: metadata, durability: durability)
    }

    /// Opens a file.
    public func open(_ address: String) throws -> any Journal {
        try SQLiteJournal.open(at: address, durability: durability)
    }

    /// The files that are studies.
    public func list() -> [StudyEntry] { StudyFolder.list(folder) }

    /// The file of the study's name.
    public func plainLocation(of name: String) -> StudyLocation { .file(plainPath(name)) }

    private func plainPath(_ name: String) -> String {
        "\(folder)/\(StudyFolder.fileName(name)).db"
    }

    /// The newest study of the experiment's name and ordinal count; nil where there is none.
    public func studyToResume(by experiment: StudyMetadata, ofRun run: String?) -> String? {
        let study = StudyFolder.studies(named: experiment.name, in: folder).first { study in
            study.note.ordinal == experiment.ordinal && (run == nil || study.note.run == run)
        }
        return study?.path
    }

    /// Opens a file; of a damaged one what is intact.
    public func openToResume(
        _ address: String, report: (String) -> Void
    ) throws -> (journal: any Journal, metadata: StudyMetadata) {
        let journal = try SQLiteJournal.openIntact(
            at: address, durability: durability, report: report)
        return (journal, journal.note)
    }
}

extension SQLiteJournal {
    /// Opens a study's file to continue it; of a damaged one what is intact.
    ///
    /// - Parameter report: is told what was damaged, and where the damaged file is now.
    /// - Throws: as `open`.
    static func openIntact(
        at path: String, durability: Durability, report: (String) -> Void
    ) throws -> SQLiteJournal {
        try open(at: path, durability: durability) { damage, aside in
            report("\(damage); the damaged file is now \(aside)")
        }
    }
}
