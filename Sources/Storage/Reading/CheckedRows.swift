internal import Engine

/// Reads the rows of a table of which each carries a sum of its own.
struct CheckedRows<Column: TableColumn>: ~Copyable {
    private var rows: SQLStatement
    private var row: TableRow<Column>

    /// - Parameters:
    ///   - clause: which rows, in which order: "WHERE trial = ?".
    ///   - table: its name where the file's format has another.
    init(
        _ clause: String = "", from table: String? = nil, on connection: ReadConnection
    ) throws {
        try self.init(
            clause, from: table, on: connection.database, format: connection.format)
    }

    init(
        _ clause: String = "", from table: String? = nil, on database: SQLiteConnection,
        format: Int = Schema.version
    ) throws {
        let sql = Column.selection(format: format, from: table)
        rows = try SQLStatement("\(sql) \(clause)", on: database)
        row = TableRow(format: format)
    }

    /// Binds the next place of the clause.
    mutating func bind(_ value: Int) { rows.bind(value) }

    /// Binds the next place of the clause.
    mutating func bind(_ value: Resource) { rows.bind(value) }

    /// Goes to the next row; false behind the last.
    mutating func step() throws -> Bool {
        guard try rows.step() else { return false }
        row.take(rows)
        return true
    }

    /// What a column holds, until the next step.
    subscript(_ column: Column) -> SQLColumn { row[column] }

    /// Whether the row is intact.
    ///
    /// - Parameter column: where its sum is.
    func isIntact(sum column: Column) -> Bool {
        var sum = RowChecksum()
        row.add(to: &sum)
        return row[column].integer == sum.close()
    }
}
