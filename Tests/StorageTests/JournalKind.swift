import Engine
import EngineTesting
import Storage

/// Kept in this process alone, and gone with it.
struct MemoryKind: JournalKind {
    var description: String { "memory" }

    func makeEmpty() -> any Journal { MemoryJournal() }
}

/// A file, which any number of connections may read.
struct SQLiteKind: JournalKind {
    var description: String { "SQLite" }

    func makeEmpty() throws -> any Journal {
        try SQLiteJournal.create(at: Scratch().path("study.db"), about: .test)
    }

    func read(beside journal: any Journal) throws -> (events: [Event], arrivals: [ReceivedReport])?
    {
        let file = try StudyFile.read(at: path(journal))
        if let damage = file.damage { throw Damaged(damage: damage) }
        return (file.events, file.arrivals)
    }

    func reopen(_ journal: any Journal) throws -> (any Journal)? {
        let path = try path(journal)
        try journal.close()
        return try SQLiteJournal.open(at: path)
    }

    func appendEventOfNewerProgram(_ name: String, to journal: any Journal) throws -> Bool {
        let database = try Database(path(journal))
        let count = try database.integer("SELECT count(*) FROM events") ?? 0
        try database.run(
            "INSERT INTO events VALUES (\(count), '\(name)', 1, 0, NULL, '{}', 0)")
        database.close()
        return true
    }

    private struct NoFile: Error {}
    private struct Damaged: Error {
        let damage: StudyDamage
    }

    private func path(_ journal: any Journal) throws -> String {
        guard case .file(let path) = journal.location else { throw NoFile() }
        return path
    }
}
