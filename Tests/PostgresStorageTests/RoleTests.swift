import Engine
import Foundation
import PostgresStorage
import PostgresTesting
import Testing

/// The rights that `docs/scale-out.md` tells an owner to grant.
@Suite("Rights of roles", .enabled(if: TestServer.programs != nil))
struct RoleTests {
    private let server: TestServer
    private let database: String

    init() throws {
        server = try TestServer.shared.get()
        database = try server.makeDatabase()
    }

    /// The documented statements.
    private static func grants() throws -> [String] {
        let docs = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/scale-out.md")
        let text = try String(contentsOf: docs, encoding: .utf8)
        let blocks = text.components(separatedBy: "```sql\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        let block = try #require(blocks.first { $0.contains("CREATE ROLE") })
        return block.split(separator: "\n").map(String.init)
    }

    private func address(role: String) -> String {
        database.replacingOccurrences(of: "postgres://postgres@", with: "postgres://\(role)@")
    }

    @Test("the documented rights suffice to run, resume and look at studies, and for no more")
    func documented() throws {
        // A database's owner, who is no superuser, makes the tables.
        let role = "owner_\(UInt32.random(in: 0...(.max)))"
        let name = try server.query("SELECT current_database()", in: database)[0]
        _ = try server.query(
            "CREATE ROLE \(role) LOGIN", "ALTER DATABASE \(name) OWNER TO \(role)", in: database)
        try PostgresCatalog(ServerAddress(address(role: role))).create(.test).close()
        for statement in try Self.grants() { _ = try server.query(statement, in: database) }
        let tuner = address(role: "tuner")
        let catalog = PostgresCatalog(try ServerAddress(tuner))
        let journal = try catalog.create(.test)
        try MixedStudy.run(journal, seed: 1)
        let again = try catalog.open("\(journal.location)")
        #expect(try again.beginning().fold.total > 10)
        let lease = try again.takeLease()
        let count = try again.events(from: 0).count
        try again.append(
            [.ended(.init(trial: 2, outcome: .returned, time: 99))], expecting: count, under: lease)
        try again.drop(.init(trial: 1, resource: 1))
        try again.close()
        try runAgent(of: try catalog.open("\(journal.location)"))
        #expect(try ServerStudy.read(tuner).arrivals.count > 10)
        #expect(try catalog.list().count == 2)
        let rows = try server.query(
            "SELECT mohpo.use('2')", "SELECT count(error) FROM reports", in: tuner)
        #expect(rows.count == 2)
        for statement in [
            "DELETE FROM mohpo.events", "UPDATE mohpo.reports SET trial = 1",
            "DELETE FROM mohpo.study", "CREATE TABLE mohpo.other (x integer)",
            "DROP TABLE mohpo.events", "INSERT INTO mohpo.migrations VALUES (3)",
        ] {
            #expect(throws: TestServer.Failure.self) { try server.query(statement, in: tuner) }
        }
    }

    /// All that an agent and a decider do on the board.
    private func runAgent(of journal: any Journal) throws {
        let journal = try #require(journal as? any DeciderJournal)
        var board = try PostgresAgentBoard("\(journal.location)")
        let lease = try journal.takeLease()
        let agent = try board.join(
            AgentDescription(slots: 1, program: "1", directory: "d", isOwner: true))
        try journal.sync(ordering: [AgentOrder(trial: 1, .start, attempt: 1)], forgetting: [])
        #expect(try board.claim(2, for: agent).map(\.trial) == [1])
        let message = AgentMessage(
            trial: 1, attempt: 1,
            content: .reported(["epoch": .integer(1)], kept: [1], waits: true),
            checkpoint: [0, 255], serial: 1)
        // Sent twice, it is there once.
        for _ in 0..<2 { try board.send([message], from: agent) }
        let received = try board.messages(besides: [])
        #expect(received.map(\.message) == [message])
        let areOfHolders = received.map(\.isOfHolder)
        #expect(!areOfHolders.contains(false))
        let seen = try #require(try board.orders(for: agent, after: 0).last).serial
        try journal.sync(
            ordering: [AgentOrder(trial: 1, .continue(at: 1), attempt: 1)],
            forgetting: received.map(\.number))
        #expect(try board.orders(for: agent, after: seen).map(\.action) == [.continue(at: 1)])
        #expect(try board.messages(besides: []).isEmpty)
        #expect(try board.renew(agent: agent))
        try board.leave(agent: agent)
        #expect(try board.freeTrials(under: lease) == [1])
        #expect(try !board.renew(agent: agent))
        // Another decider: nothing can be ordered under the lease before.
        _ = try server.query("UPDATE mohpo.leases SET epoch = epoch + 1", in: database)
        let fenced = JournalError.fenced(held: lease.number + 1, got: lease.number)
        #expect(throws: fenced) {
            try journal.sync(ordering: [AgentOrder(trial: 1, .stop, attempt: 1)], forgetting: [])
        }
        let actions = try server.query("SELECT action FROM mohpo.assignments", in: database)
        #expect(actions == ["wait"])
        #expect(throws: fenced) { try journal.close() }
    }

    @Test("a role that may not make the tables is told so, in one line without secrets")
    func refused() throws {
        let role = "nobody_\(UInt32.random(in: 0...(.max)))"
        _ = try server.query("CREATE ROLE \(role) LOGIN", in: database)
        let catalog = PostgresCatalog(try ServerAddress(address(role: role)))
        let error = #expect(throws: ServerError.self) { try catalog.create(.test) }
        #expect(
            "\(error!)".hasSuffix("; docs/scale-out.md says which rights a role needs"), "\(error!)"
        )
        #expect(try catalog.list().isEmpty)
    }
}
