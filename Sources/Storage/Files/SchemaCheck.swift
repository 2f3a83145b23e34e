/// Compares what a file says of its tables with what this program makes.
enum SchemaCheck {
    /// Whether the tables are declared as this program declares them: a changed letter in a column's
    /// type would not be noticed otherwise. Files of an older format are rewritten anyway.
    ///
    /// - Parameter ends: knows the columns that were added.
    static func isIntact(_ ends: TableEnds, on connection: ReadConnection) -> Bool {
        guard connection.format >= Schema.version else { return true }
        do {
            let wanted = try SQLiteConnection(":memory:", .write)
            try Schema.create(on: wanted)
            for table in [ends.metrics, ends.parameters] {
                for column in table.columns { try wanted.run(table.addition(of: column.name)) }
            }
            return try declarations(wanted) == declarations(connection.database)
        } catch { return false }
    }

    /// The numbers of the events that resume the study, as the index of them has it.
    static func resumptions(on connection: ReadConnection) throws -> [Int] {
        guard connection.format >= Schema.version else { return [] }
        var rows = try SQLStatement(
            """
            SELECT number FROM events INDEXED BY resumptions
            WHERE code = \(Schema.code(.resumed)) ORDER BY number
            """, on: connection.database)
        var numbers: [Int] = []
        while try rows.step() { numbers.append(rows.integer(0) ?? -1) }
        return numbers
    }

    private static func declarations(_ database: SQLiteConnection) throws -> [[String?]] {
        var rows = try SQLStatement(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name, type",
            on: database)
        var declarations: [[String?]] = []
        while try rows.step() { declarations.append((0..<4).map { rows.text($0) }) }
        return declarations
    }
}
