import Engine
import EngineTesting
import PostgresStorage
import PostgresTesting
import Testing

/// The suite that every journal passes, on a real server.
@Suite("Journals on PostgreSQL", .enabled(if: TestServer.programs != nil))
struct JournalTests {
    @Test(arguments: JournalConformance.checks)
    func conformance(check: ConformanceCheck<any JournalKind>) throws {
        let findings = try check.findings(for: PostgresKind.shared.get())
        #expect(findings == [])
    }
}

/// Studies of one database, which any number of connections may read.
struct PostgresKind: JournalKind {
    static let shared = Result { try PostgresKind(server: TestServer.shared.get()) }

    let server: TestServer
    let database: String

    init(server: TestServer) throws {
        self.server = server
        database = try server.makeDatabase()
    }

    var description: String { "PostgreSQL" }

    var catalog: PostgresCatalog { get throws { PostgresCatalog(try ServerAddress(database)) } }

    func makeEmpty() throws -> any Journal { try catalog.create(.test) }

    func read(beside journal: any Journal) throws -> (events: [Event], arrivals: [ReceivedReport])?
    {
        let study = try ServerStudy.read("\(journal.location)", keepsEvents: true)
        return (study.events, study.arrivals)
    }

    func reopen(_ journal: any Journal) throws -> (any Journal)? {
        try journal.close()
        return try catalog.open("\(journal.location)")
    }

    func appendEventOfNewerProgram(_ name: String, to journal: any Journal) throws -> Bool {
        let id = try #require("\(journal.location)".split(separator: "#").last)
        _ = try server.query(
            """
            INSERT INTO mohpo.events (study, number, kind, trial, time, detail)
            SELECT \(id), count(*), '\(name)', 1, 0, '{}' FROM mohpo.events WHERE study = \(id)
            """, in: database)
        return true
    }
}

extension StudyMetadata {
    static let test = StudyMetadata(
        name: "test", created: "2026-01-01T00:00:00Z", program: "1", script: "s.lua", run: "r")
}
