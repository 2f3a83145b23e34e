import Engine
import Storage

/// A SQLite file as users see it, through SQL.
struct Database {
    private let connection: SQLiteConnection

    init(_ path: String) throws { connection = try SQLiteConnection(path, .write) }

    func run(_ sql: String) throws { try connection.run(sql) }

    /// The rows of a query: by column integers, reals and texts; null is left out.
    func rows(_ sql: String) throws -> [[String: Value]] {
        var statement = try SQLStatement(sql, on: connection)
        var rows: [[String: Value]] = []
        while try statement.step() {
            var row: [String: Value] = [:]
            for place in 0..<statement.columnCount {
                let column = statement[place]
                guard !column.isNull else { continue }
                row[statement.name(place)] =
                    column.integer.map { .integer($0) } ?? column.text.map { .string($0) }
                    ?? .real(column.real)
            }
            rows.append(row)
        }
        return rows
    }

    func integer(_ sql: String) throws -> Int? { try connection.integer(sql) }
    func close() { connection.close() }
}
