internal import GRDBSQLite

/// A prepared statement of SQLite's own, for what runs once a row: GRDB's values cost more than the
/// rows themselves.
struct SQLStatement: ~Copyable {
    private let statement: OpaquePointer
    private let connection: OpaquePointer
    private let isOwned: Bool
    private var place: Int32 = 0
    private var hasEnded = false

    /// - Parameter connection: must outlive the statement.
    init(_ sql: String, on connection: OpaquePointer) throws {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw SQLError(code: code, connection)
        }
        (self.statement, self.connection) = (statement, connection)
        isOwned = true
    }

    /// A statement that `connection` keeps, so that it is prepared once.
    init(_ sql: String, on connection: Connection) throws {
        statement = try connection.statement(sql)
        self.connection = connection.pointer
        isOwned = false
    }

    deinit {
        if isOwned { sqlite3_finalize(statement) } else { sqlite3_reset(statement) }
    }

    /// Goes to the next row; false when there is none, however often it is asked.
    mutating func step() throws -> Bool {
        // SQLite would begin anew.
        guard !hasEnded else { return false }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            hasEnded = true
            return false
        case let code: throw SQLError(code: code, connection)
        }
    }

    /// Runs the statement with what has been bound since it ran last.
    mutating func run() throws {
        let code = sqlite3_step(statement)
        let error = code == SQLITE_DONE ? nil : SQLError(code: code, connection)
        sqlite3_reset(statement)
        place = 0
        if let error { throw error }
    }

    /// Begins anew, with what is bound next.
    mutating func rewind() {
        sqlite3_reset(statement)
        (place, hasEnded) = (0, false)
    }

    // MARK: Binding, one after the other

    mutating func bind(_ value: Int?) {
        place += 1
        if let value {
            sqlite3_bind_int64(statement, place, Int64(value))
        } else {
            sqlite3_bind_null(statement, place)
        }
    }

    /// Leaves out the next, which is bound with `bind(_:at:)`.
    mutating func skip() { place += 1 }

    /// Binds out of turn.
    func bind(_ value: Int, at place: Int) {
        sqlite3_bind_int64(statement, Int32(place), Int64(value))
    }

    mutating func bind(_ value: Double) {
        place += 1
        sqlite3_bind_double(statement, place, value)
    }

    mutating func bind(_ value: String?) {
        guard var value else {
            bind(Int?.none)
            return
        }
        place += 1
        value.withUTF8 { bytes in
            // An empty string may have no address, which SQLite would take for null.
            let address = bytes.baseAddress.map { UnsafeRawPointer($0) }
            _ =
                address.map {
                    sqlite3_bind_text(
                        statement, place, $0.assumingMemoryBound(to: CChar.self),
                        Int32(bytes.count),
                        transient)
                } ?? sqlite3_bind_text(statement, place, "", 0, transient)
        }
    }

    mutating func bind(blob value: [UInt8]) {
        place += 1
        if value.isEmpty {
            sqlite3_bind_zeroblob(statement, place, 0)
        } else {
            sqlite3_bind_blob(statement, place, value, Int32(value.count), transient)
        }
    }

    // MARK: Columns of the row, from 0

    /// What a column holds, until the next step.
    subscript(_ column: Int) -> SQLColumn {
        SQLColumn(sqlite3_column_value(statement, Int32(column)))
    }

    /// The integer of a column that holds one; nil else.
    func integer(_ column: Int) -> Int? { self[column].integer }

    /// The text of a column that holds one in UTF-8; nil else.
    func text(_ column: Int) -> String? { self[column].text }

    var columnCount: Int { Int(sqlite3_column_count(statement)) }

    /// Adds what a column holds to a sum, whatever it is.
    func add(_ column: Int, to sum: inout RowChecksum) { self[column].add(to: &sum) }
}

/// SQLite is to copy what it is given.
private var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// What SQLite gave as the reason.
struct SQLError: Error, CustomStringConvertible {
    let code: Int32
    let description: String

    init(code: Int32, _ connection: OpaquePointer) {
        self.code = code
        description = String(cString: sqlite3_errmsg(connection))
    }
}

/// A connection to SQLite and the statements it keeps.
final class Connection {
    let pointer: OpaquePointer
    /// A dozen at most, found without hashing their texts.
    private var statements: [(sql: String, statement: OpaquePointer)] = []

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { for (_, statement) in statements { sqlite3_finalize(statement) } }

    /// How many rows the last statement changed.
    var changes: Int { Int(sqlite3_changes(pointer)) }

    fileprivate func statement(_ sql: String) throws -> OpaquePointer {
        for kept in statements where kept.sql == sql { return kept.statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            pointer, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw SQLError(code: code, pointer) }
        statements.append((sql, statement))
        return statement
    }

    /// Runs what gives nothing back.
    func run(_ sql: String) throws {
        var statement = try SQLStatement(sql, on: self)
        try statement.run()
    }

    /// All of what `body` does, or nothing of it.
    func transaction(_ body: () throws -> Void) throws {
        try run("BEGIN IMMEDIATE")
        do {
            try body()
            try run("COMMIT")
        } catch {
            // SQLite has rolled back by itself where the disk was full.
            if sqlite3_get_autocommit(pointer) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }
}
