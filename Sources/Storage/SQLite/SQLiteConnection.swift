internal import CSQLite
internal import CSQLiteLog
internal import Platform

/// A connection to a SQLite file, used by one thread at a time, and the statements it keeps.
package final class SQLiteConnection {
    let pointer: OpaquePointer
    /// The file it uses; nil for one in memory.
    private let file: FileIdentity?
    /// A dozen at most, found without hashing their texts.
    private var statements: [(sql: String, statement: OpaquePointer)] = []

    /// What a connection may do.
    package enum Access: Sendable {
        case read
        /// Reads a file that is said not to change, so that SQLite makes no files beside it.
        case readUnchanging
        /// Reads and writes; makes the file where there is none.
        case write
    }

    /// Opens a file. A connection that meets another's lock waits 10 seconds for it.
    ///
    /// - Throws: `SQLError`.
    package init(_ path: String, _ access: Access) throws {
        var pointer: OpaquePointer?
        // No lock for each call: one thread at a time uses it.
        let flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let mode =
            access == .write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        let code = sqlite3_open_v2(
            Self.address(path) + (access == .readUnchanging ? "?immutable=1" : ""), &pointer,
            flags | mode, access == .write ? csqlitelog_name() : nil)
        guard code == SQLITE_OK, let pointer else {
            let error = SQLError(code: code, pointer)
            sqlite3_close_v2(pointer)
            throw error
        }
        self.pointer = pointer
        file = FileIdentity(path)
        file.map(OpenDatabases.opened)
        wait(seconds: 10)
    }

    /// How long a connection that meets another's lock waits for it.
    func wait(seconds: Int) { sqlite3_busy_timeout(pointer, Int32(1_000 * seconds)) }

    deinit { close() }

    private var isClosed = false

    /// Lets the file go. The connection is not used afterwards.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        for (_, statement) in statements { sqlite3_finalize(statement) }
        sqlite3_close_v2(pointer)
        file.map(OpenDatabases.closed)
    }

    /// A path as SQLite's URIs have it.
    private static func address(_ path: String) -> String {
        var address = "file:"
        // After `file:`, two slashes would begin a host.
        if path.hasPrefix("//") { address += "//" }
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                address.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                address += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return address
    }

    /// How many rows the last statement changed.
    var changes: Int { Int(sqlite3_changes(pointer)) }

    /// The statement of that text, prepared once.
    func kept(_ sql: String) throws -> OpaquePointer {
        for kept in statements where kept.sql == sql { return kept.statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            pointer, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw SQLError(code: code, pointer) }
        statements.append((sql, statement))
        return statement
    }

    /// Runs statements that give nothing back.
    package func run(_ sql: String) throws {
        let code = sqlite3_exec(pointer, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLError(code: code, pointer) }
    }

    /// Runs a statement that gives nothing back, prepared once.
    private func runKept(_ sql: String) throws {
        var statement = try SQLStatement(kept: sql, on: self)
        try statement.run()
    }

    /// The integer that a query gives; nil where it gives none.
    package func integer(_ sql: String) throws -> Int? {
        var rows = try SQLStatement(sql, on: self)
        return try rows.step() ? rows.integer(0) : nil
    }

    /// All of what `body` does, or nothing of it.
    package func transaction(_ body: () throws -> Void) throws {
        try runKept("BEGIN IMMEDIATE")
        do {
            try body()
            try runKept("COMMIT")
        } catch {
            // SQLite has rolled back by itself where the disk was full.
            if sqlite3_get_autocommit(pointer) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }
}
