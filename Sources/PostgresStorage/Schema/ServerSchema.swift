/// The tables of all studies of a database, in the schema `mohpo`.
///
/// They are made on first use. A later version changes them by one more migration; each is applied once,
/// in its own transaction, under a lock that a second process waits for.
enum ServerSchema {
    /// By version, from 1, what makes the tables of that version of those before.
    private static let migrations = [
        FirstMigration.statements, AgentMigration.statements, ReferenceMigration.statements,
    ]

    /// The version that this program reads and writes.
    static var version: Int { migrations.count }

    /// The version that the database has; 0 where no table was made.
    ///
    /// - Throws: `ServerError`, `newer` for tables that this program does not know.
    static func found(on connection: ServerConnection, of address: ServerAddress) throws -> Int {
        // Not by `to_regclass`: a server process may know of no table that another has just made.
        let table = try connection.run(
            """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_class AS class
                JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
              WHERE space.nspname = 'mohpo' AND class.relname = 'migrations')
            """)
        guard table.first?.isTrue(0) == true else { return 0 }
        let found =
            try connection.run("SELECT max(version) FROM mohpo.migrations")
            .first?.integer(0) ?? 0
        guard found <= version else {
            throw ServerError.newer(server: address.database, version: found, known: version)
        }
        return found
    }

    /// Makes the tables, or brings them to this program's version. A role that may not make any needs no
    /// right to where they are there.
    ///
    /// - Throws: `ServerError`.
    static func prepare(on connection: ServerConnection, of address: ServerAddress) throws {
        guard try found(on: connection, of: address) < version else { return }
        try connection.transaction {
            // "mohp": processes that begin together make the tables one after the other.
            try connection.run("SELECT pg_advisory_xact_lock(1836017776)")
            for next in try found(on: connection, of: address)..<version {
                try connection.runAll(migrations[next])
                try connection.run(
                    "INSERT INTO mohpo.migrations (version) VALUES ($1)", [.integer(next + 1)])
            }
        }
    }
}
