import Engine
import Storage
import Testing

/// A kind of journal, as the conformance suite has to know it: how to make one, and how others come
/// to what it holds. Nil and false say that nobody else can.
protocol JournalKind: Sendable, CustomTestStringConvertible {
    /// An empty journal.
    func makeEmpty() throws -> any Journal

    /// What another connection, or another process, reads while `journal` may write.
    func read(beside journal: any Journal) throws -> (events: [Event], arrivals: [ReceivedReport])?

    /// Ends a journal and opens its study again.
    func reopen(_ journal: any Journal) throws -> (any Journal)?

    /// Has a newer program append an event of a kind that this one does not know. The journal is not
    /// written afterwards.
    func appendEventOfNewerProgram(_ name: String, to journal: any Journal) throws -> Bool
}

/// Kept in this process alone, and gone with it.
struct MemoryKind: JournalKind {
    var testDescription: String { "memory" }

    func makeEmpty() -> any Journal { MemoryJournal() }
    func read(beside journal: any Journal) -> (events: [Event], arrivals: [ReceivedReport])? { nil }
    func reopen(_ journal: any Journal) -> (any Journal)? { nil }
    func appendEventOfNewerProgram(_ name: String, to journal: any Journal) -> Bool { false }
}

/// A file, which any number of connections may read.
struct SQLiteKind: JournalKind {
    var testDescription: String { "SQLite" }

    func makeEmpty() throws -> any Journal {
        try SQLiteJournal.create(at: Scratch().path("study.db"), about: .test)
    }

    func read(beside journal: any Journal) throws -> (events: [Event], arrivals: [ReceivedReport])?
    {
        let file = try StudyFile.read(at: path(journal))
        #expect(file.damage == nil)
        return (file.events, file.arrivals)
    }

    func reopen(_ journal: any Journal) throws -> (any Journal)? {
        let path = try path(journal)
        try (journal as? SQLiteJournal)?.close()
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

    private func path(_ journal: any Journal) throws -> String {
        try #require(journal as? SQLiteJournal).path
    }
}
