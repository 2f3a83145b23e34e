internal import Engine

/// The columns of a table, in order: what a file is made with, what is written, read and summed up
/// follows from one enumeration for each table.
protocol TableColumn: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The table's name.
    static var table: String { get }
    /// The declared type; empty where values of several types stand.
    var type: String { get }
    /// What a file of an older format, which lacks the column, has in its place, as SQL.
    var before: (format: Int, value: String)? { get }
    /// Whether the checksum of its row takes it in.
    var isSummed: Bool { get }
}

extension TableColumn {
    var before: (format: Int, value: String)? { nil }
    var isSummed: Bool { true }

    /// Its name in SQL.
    var name: String { "\(self)" }

    /// Whether files of a format have it.
    func isThere(inFormat format: Int) -> Bool { before.map { format > $0.format } ?? true }

    static var count: Int { allCases.count }

    /// `CREATE TABLE …`.
    ///
    /// - Parameter more: what else belongs into it.
    static func creation(_ more: String = "") -> String {
        let columns = allCases.map { [$0.name, $0.type].joined(separator: " ") }
        return "CREATE TABLE \(table) (\(columns.joined(separator: ", "))\(more));"
    }

    /// `INSERT INTO …`, with a place for each column and for so many more.
    ///
    /// - Parameter replaces: whether a row of the same key gives way.
    static func insertion(more: Int = 0, replaces: Bool = false) -> String {
        let places = Array(repeating: "?", count: count + more).joined(separator: ", ")
        return "INSERT \(replaces ? "OR REPLACE " : "")INTO \(table) VALUES (\(places))"
    }

    /// `SELECT … FROM …`: the columns in order, then those of these names.
    static func selection(
        format: Int = Schema.version, more: [String] = [], from table: String? = nil
    ) -> String {
        let columns = allCases.map { column in
            column.isThere(inFormat: format) ? column.name : column.before?.value ?? "NULL"
        }
        let names = columns + more.map(quoted)
        return "SELECT \(names.joined(separator: ", ")) FROM \(table ?? Self.table)"
    }

    /// The end of such a query for the rows behind the first `count`, in order.
    ///
    /// Where all are read no row is left out, so that one that does not belong there is noticed.
    ///
    /// - Parameter first: the number of the table's first row.
    static func order(after count: Int, first: Int) -> String {
        (count > 0 ? " WHERE rowid >= \(count + first)" : "") + " ORDER BY rowid"
    }

    /// The columns that checksums of a format take in, by number.
    static func summed(format: Int = Schema.version) -> [Int] {
        allCases.filter { $0.isSummed && $0.isThere(inFormat: format) }.map(\.rawValue)
    }
}

/// A name as SQL has it between double quotes.
func quoted(_ name: String) -> String {
    var text = "\""
    for character in name.unicodeScalars {
        text.unicodeScalars.append(character)
        if character == "\"" { text += "\"" }
    }
    return text + "\""
}

/// Binds the values of rows in the order of their table's columns, and sums them up.
///
/// Columns behind those of the table come last.
struct RowInsertion<Column: TableColumn>: ~Copyable {
    private var statement: SQLStatement
    private var next = 0

    init(_ statement: consuming SQLStatement) { self.statement = statement }

    /// Says which column comes next.
    private mutating func take(_ column: Column) {
        assert(column.rawValue == next, "\(Column.table).\(column) is out of order")
        next += 1
    }

    mutating func set(_ column: Column, to value: Int?, _ sum: inout RowChecksum) {
        take(column)
        statement.bind(value)
        if column.isSummed { sum.add(value) }
    }

    /// An integer where the resource is whole, as it always was, else a real.
    mutating func set(_ column: Column, to value: Resource, _ sum: inout RowChecksum) {
        switch value.number {
        case .integer(let whole): set(column, to: whole, &sum)
        case .real(let real): set(column, to: real, &sum)
        }
    }

    mutating func set(_ column: Column, to value: Double, _ sum: inout RowChecksum) {
        take(column)
        statement.bind(value)
        if column.isSummed { sum.add(value) }
    }

    mutating func set(_ column: Column, to value: String?, _ sum: inout RowChecksum) {
        take(column)
        statement.bind(value)
        if column.isSummed { sum.add(value) }
    }

    mutating func set(_ column: Column, to value: [UInt8], _ sum: inout RowChecksum) {
        take(column)
        statement.bind(blob: value)
        if column.isSummed { sum.add(value.span, tag: 4) }
    }

    /// Leaves the column out for now: `close` fills it.
    mutating func reserve(_ column: Column) {
        take(column)
        statement.skip()
    }

    /// The next column behind those of the table: its place among them, and what it holds.
    mutating func add(_ cell: Cell, at place: Int, _ sum: inout RowChecksum) {
        statement.bind(cell)
        if case .null = cell { return }
        sum.add(place)
        sum.add(cell)
    }

    /// Writes the row, with its sum.
    mutating func write(sum: Int, at column: Column) throws {
        statement.bind(sum, at: column.rawValue + 1)
        try write()
    }

    /// Writes the row.
    mutating func write() throws {
        next = 0
        try statement.run()
    }
}

/// The columns of the row a statement stands at, each asked for once.
///
/// They stand in memory of their own: an array would be checked at each column of millions of rows.
struct TableRow<Column: TableColumn>: ~Copyable {
    private let columns: UnsafeMutablePointer<SQLColumn>
    private let count = Column.count
    /// A bit for each column that a sum takes in, the first the lowest.
    private let summed: UInt64

    init(format: Int = Schema.version) {
        columns = .allocate(capacity: count)
        summed = Column.summed(format: format).reduce(0) { $0 | 1 << UInt64($1) }
    }

    deinit { columns.deallocate() }

    /// Takes the columns of the next row.
    mutating func take(_ rows: borrowing SQLStatement) {
        for column in 0..<count { (columns + column).initialize(to: rows[column]) }
    }

    /// What a column holds; asked for once a row was taken.
    subscript(_ column: Column) -> SQLColumn { columns[column.rawValue] }

    /// Adds what the row holds to a sum, before any of it is given a meaning.
    func add(to sum: inout RowChecksum) {
        var (rest, column) = (summed, 0)
        while rest != 0 {
            if rest & 1 != 0 { columns[column].add(to: &sum) }
            (rest, column) = (rest >> 1, column + 1)
        }
    }
}
