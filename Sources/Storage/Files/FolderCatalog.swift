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

    public func create(_ metadata: StudyMetadata) throws -> any Journal {
        try StudyFolder.create(in: folder, about: metadata, durability: durability)
    }

    public func open(_ address: String) throws -> any Journal {
        try SQLiteJournal.open(at: address, durability: durability)
    }

    public func list() -> [StudyEntry] { StudyFolder.list(folder) }
}
