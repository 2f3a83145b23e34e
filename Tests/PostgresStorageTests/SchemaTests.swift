import Engine
import EngineTesting
import Foundation
import PostgresStorage
import PostgresTesting
import Storage
import Testing

/// The tables, as people query them.
@Suite("Tables in PostgreSQL", .enabled(if: TestServer.programs != nil))
struct SchemaTests {
    private let server: TestServer
    private let database: String

    init() throws {
        server = try TestServer.shared.get()
        database = try server.makeDatabase()
    }

    private var catalog: PostgresCatalog {
        get throws { PostgresCatalog(try ServerAddress(database)) }
    }

    @Test("processes that begin together make the tables once")
    func first() async throws {
        let catalog = try catalog
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try catalog.create(.test).close() } }
            try await group.waitForAll()
        }
        #expect(try catalog.list().count == 4)
        #expect(
            try server.query("SELECT version FROM mohpo.migrations", in: database) == [
                "1", "2", "3",
            ])
    }

    @Test("tables of a newer program are refused")
    func newer() throws {
        let catalog = try catalog
        try catalog.create(.test).close()
        _ = try server.query("INSERT INTO mohpo.migrations VALUES (99)", in: database)
        let expected = ServerError.newer(server: database, version: 99, known: 3)
        #expect(throws: expected) { try catalog.create(.test) }
        #expect(throws: expected) { try catalog.list() }
        #expect(throws: expected) { try ServerStudy.read("\(database)#1") }
    }

    @Test("a study is removed with all its rows, and no other study's")
    func removal() throws {
        let catalog = try catalog
        for seed in 1...2 {
            let journal = try catalog.create(.test)
            try MixedStudy.run(journal, seed: seed)
            var board = try PostgresAgentBoard("\(journal.location)")
            _ = try journal.takeLease()
            let agent = try board.join(
                AgentDescription(slots: 1, program: "1", directory: "d", isOwner: true))
            let decider = try #require(journal as? any DeciderJournal)
            try decider.sync(ordering: [AgentOrder(trial: 1, .start, attempt: 1)], forgetting: [])
            _ = try board.claim(1, for: agent)
            try board.send(
                [
                    AgentMessage(
                        trial: 1, attempt: 1, content: .returned, checkpoint: nil, serial: 1)
                ],
                from: agent)
            try journal.close()
        }
        let tables = try server.query(
            """
            SELECT table_name FROM information_schema.columns
            WHERE table_schema = 'mohpo' AND column_name = 'study' AND table_name IN (
              SELECT table_name FROM information_schema.tables
              WHERE table_schema = 'mohpo' AND table_type = 'BASE TABLE')
            """, in: database)
        #expect(tables.count >= 8)
        func rows(of study: Int) throws -> [String] {
            try tables.map { table in
                try server.query(
                    "SELECT count(*) FROM mohpo.\(table) WHERE study = \(study)", in: database)[0]
            }
        }
        let before = try rows(of: 2)
        #expect(try rows(of: 1).filter { $0 != "0" }.count >= 6)
        _ = try server.query("DELETE FROM mohpo.study WHERE id = 1", in: database)
        #expect(try rows(of: 1).allSatisfy { $0 == "0" })
        #expect(try rows(of: 2) == before)
    }

    /// What both kinds of study answer alike.
    private static let queries = [
        "SELECT name, created, program, script, run, ordinal FROM study",
        """
        SELECT sequence, trial, attempt, resource, feasible, error, note, flag
        FROM reports ORDER BY sequence
        """,
        "SELECT number, bracket, x, n, kind, flat FROM starts ORDER BY number",
        "SELECT number, kind, trial, time, report FROM events ORDER BY number",
        "SELECT number, kind, trial, time, report FROM history ORDER BY number",
        """
        SELECT number, trial, time, rung, bracket, resource, verdict, rank, out_of, quota, ahead
        FROM decisions ORDER BY number
        """,
        "SELECT id, number, bracket, state, resource, reports, error FROM trials ORDER BY id",
        "SELECT trial, resource FROM checkpoints ORDER BY trial",
        "SELECT trial, resource FROM artifacts ORDER BY trial",
        """
        SELECT trials.id, starts.x FROM trials JOIN starts USING (number) ORDER BY id
        """,
        "SELECT rung, verdict, count(*) FROM decisions GROUP BY rung, verdict ORDER BY 1, 2",
        """
        SELECT reports.trial, resource FROM reports JOIN history ON report = sequence
        ORDER BY number
        """,
    ]

    @Test("a study answers the same queries alike in PostgreSQL and in SQLite")
    func queries() throws {
        let path = "\(server.folder)/\(UUID().uuidString).db"
        let file = try SQLiteJournal.create(at: path, about: .test)
        // Others in the same database do not mix with it.
        try MixedStudy.run(catalog.create(.test), seed: 2)
        let stored = try catalog.create(.test)
        try MixedStudy.run(catalog.create(.test), seed: 3)
        for journal in [file, stored] as [any Journal] { try MixedStudy.run(journal, seed: 1) }
        let connection = try SQLiteConnection(path, .read)
        let id = try #require("\(stored.location)".split(separator: "#").last)
        for query in Self.queries {
            let expected = try rows(query, on: connection)
            let got = try server.query("SELECT mohpo.use('\(id)')", query, in: database)
                .dropFirst()
            #expect(got.map(Self.normal) == expected.map(Self.normal), "\(query)")
            #expect(!expected.isEmpty, "\(query)")
        }
    }

    private func rows(_ sql: String, on connection: SQLiteConnection) throws -> [String] {
        var statement = try SQLStatement(sql, on: connection)
        var rows: [String] = []
        while try statement.step() {
            rows.append(
                (0..<statement.columnCount).map { place -> String in
                    let column = statement[place]
                    if column.isNull { return "" }
                    return column.integer.map(String.init) ?? column.text ?? "\(column.real)"
                }.joined(separator: "|"))
        }
        return rows
    }

    /// A row with every number in one form.
    private static func normal(_ row: String) -> [String] {
        row.split(separator: "|", omittingEmptySubsequences: false).map { field in
            let plain = field.lowercased().replacingOccurrences(of: "infinity", with: "inf")
            return Double(plain).map { "\($0)" } ?? plain
        }
    }
}

/// A study with every kind of parameter, of metric and of end, that was interrupted and resumed.
enum MixedStudy {
    private struct Runner: TrialRunner {
        func step(
            trial: Int, configuration: Configuration, after resource: Resource
        ) -> TrialStep {
            let resource = resource.whole
            if trial == 3, resource == 1 { return .ended(.failed("it \"broke\" \\ here")) }
            guard resource < 9 else { return .ended(.returned) }
            let x = configuration["x"]?.number?.double ?? 0
            let error: Value = (trial + resource) % 5 == 0 ? .real(.nan) : .real(x / 3)
            return .report([
                "epoch": .integer(resource + 1), "error": error, "note": .string("n\(trial)"),
                "flag": .boolean(trial % 2 == 0),
            ])
        }
    }

    static func run(_ journal: any Journal, seed: Int) throws {
        let space = try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("n", .domain(.int(IntDomain(1, 9)))),
            .init("kind", .domain(.categorical(Options([.string("a"), .string("b")])))),
            .init("flat", .domain(.boolean)),
        ])
        let definition = try StudyDefinition(
            name: "mixed", seed: seed, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: .promotion),
            constraints: [try Constraint("error", maximum: 0.2)], trialLimit: 12)
        var simulation = try Simulation(definition, runner: Runner(), journal: journal)
        _ = try simulation.run()
        try journal.save(Checkpoint(trial: 2, resource: 3, content: Array(0...255)))
        try journal.keep(Artifact(.init(trial: 1, resource: 1), content: [0, 1, 2]))
        let count = try journal.events(from: 0).count
        let lease = try journal.takeLease()
        try journal.append(
            [.interrupted(.interrupt), .finished(.interrupt), .resumed(from: count)],
            expecting: count, under: lease)
        try journal.close()
    }
}
