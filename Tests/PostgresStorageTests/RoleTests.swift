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
