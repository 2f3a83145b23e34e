internal import CSQLite
internal import Engine

/// A prepared statement.
package struct SQLStatement: ~Copyable {
    private let statement: OpaquePointer
    private let connection: OpaquePointer
    private let isOwned: Bool
    private var place: Int32 = 0
    private var hasEnded = false

    /// A statement of its own.
    ///
    /// - Parameter connection: must outlive the statement.
    package init(_ sql: String, on connection: SQLiteConnection) throws {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection.pointer, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw SQLError(code: code, connection.pointer)
        }
        (self.statement, self.connection) = (statement, connection.pointer)
        isOwned = true
    }

    /// A statement that `connection` keeps, so that it is prepared once.
    init(kept sql: String, on connection: SQLiteConnection) throws {
        statement = try connection.kept(sql)
        self.connection = connection.pointer
        isOwned = false
    }

    deinit {
        if isOwned { sqlite3_finalize(statement) } else { sqlite3_reset(statement) }
    }

    /// Goes to the next row; false when there is none, however often it is asked.
    package mutating func step() throws -> Bool {
        // SQLite would start again.
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

    /// Binds out of turn, at a place counted from 1.
    func bind(_ value: Int, at place: Int) {
        sqlite3_bind_int64(statement, Int32(place), Int64(value))
    }

    mutating func bind(_ value: Resource) {
        switch value.number {
        case .integer(let whole): bind(whole)
        case .real(let real): bind(real)
        }
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
    package subscript(_ column: Int) -> SQLColumn {
        SQLColumn(sqlite3_column_value(statement, Int32(column)))
    }

    /// The integer of a column that holds one; nil else.
    func integer(_ column: Int) -> Int? { self[column].integer }

    /// The text of a column that holds one in UTF-8; nil else.
    func text(_ column: Int) -> String? { self[column].text }

    /// How many columns its rows have.
    package var columnCount: Int { Int(sqlite3_column_count(statement)) }

    /// The name of a column.
    package func name(_ column: Int) -> String {
        sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? ""
    }
}

/// SQLite is to copy what it is given.
private var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
