internal import Engine
internal import Foundation

/// Reads `reports` row by row and checks each.
struct ReportRows: ~Copyable {
    private var rows: SQLStatement
    private var layouts: [DynamicColumns.Layout]
    /// Of the layout that the last report had, as nearly all of a study have.
    private var layout = -1
    private var names: [String] = []
    private var places: [Int?] = []
    /// One for all rows, because a copy would make room for its bytes anew.
    private var sum = RowChecksum()
    /// How many rows were as they were written, and the sum over them.
    private(set) var count = 0
    private(set) var goodSum: UInt32 = 0

    /// All reports, in order.
    init(_ metrics: DynamicColumns, on connection: OpaquePointer) throws {
        rows = try SQLStatement("SELECT * FROM reports ORDER BY rowid", on: connection)
        layouts = metrics.layouts
    }

    /// Single reports, by their numbers.
    init(single metrics: DynamicColumns, on connection: OpaquePointer) throws {
        rows = try SQLStatement("SELECT * FROM reports WHERE sequence = ?", on: connection)
        layouts = metrics.layouts
    }

    /// The report of that number, which was checked before.
    mutating func report(_ number: Int) throws -> ReceivedReport {
        rows.rewind()
        rows.bind(number)
        guard try rows.step() else { throw RowError() }
        return try arrival(Row(rows))
    }

    /// The next report; nil behind the last.
    ///
    /// - Throws: when the row is not as it was written.
    mutating func next() throws -> ReceivedReport? {
        guard try rows.step() else { return nil }
        guard rows[0].integer == count + 1 else { throw RowError() }
        let row = Row(rows)
        sum.add(count + 1)
        row.trial.add(to: &sum)
        row.resource.add(to: &sum)
        row.seconds.add(to: &sum)
        row.layout.add(to: &sum)
        row.more.add(to: &sum)
        rows.addCells(from: 7, to: &sum)
        guard rows[6].integer == sum.close() else { throw RowError() }
        let arrival = try arrival(row)
        count += 1
        goodSum = sum.value
        return arrival
    }

    /// The columns but the sequence, the sum and the metrics: each is asked for once.
    private struct Row {
        let trial, resource, seconds, layout, more: SQLColumn

        init(_ rows: borrowing SQLStatement) {
            (trial, resource, seconds) = (rows[1], rows[2], rows[3])
            (layout, more) = (rows[4], rows[5])
        }
    }

    private mutating func arrival(_ row: Row) throws -> ReceivedReport {
        guard let trial = row.trial.integer, let resource = row.resource.integer,
            let number = row.layout.integer
        else { throw RowError() }
        try take(layout: number)
        let rest = try row.more.named
        let values = try [Number](unsafeUninitializedCapacity: places.count) { values, count in
            for (index, place) in places.enumerated() {
                values[index] = try value(index, place, rest)
                count += 1
            }
        }
        return ReceivedReport(
            trial: trial, resource: resource, metrics: Metrics(sortedNames: names, values: values),
            seconds: row.seconds.real)
    }

    private func value(
        _ index: Int, _ place: Int?, _ rest: [String: Value]
    ) throws -> Number {
        if let place {
            let column = rows[7 + place]
            if !column.isNull { return column.number }
        }
        guard let number = rest[names[index]]?.number else { throw RowError() }
        return number
    }

    private mutating func take(layout number: Int) throws {
        guard number != layout else { return }
        guard layouts.indices.contains(number) else { throw RowError() }
        (layout, names, places) = (number, layouts[number].names, layouts[number].places)
    }

    /// Gives the reports to come names of their own, in other memory: counting who holds the same
    /// from two threads at once takes longer than reading a row.
    mutating func renewNames() {
        names = names.map { $0 }
        layouts = layouts.map { layout in
            .init(
                number: layout.number, names: layout.names.map { $0 }, places: layout.places)
        }
    }
}

extension SQLStatement {
    /// Adds the named columns, which begin at `first`, as `RowChecksum.add(_: [Cell])` does.
    func addCells(from first: Int, to sum: inout RowChecksum) {
        for column in first..<max(first, columnCount) {
            let cell = self[column]
            guard !cell.isNull else { continue }
            sum.add(column - first)
            cell.add(to: &sum)
        }
    }
}

extension SQLColumn {
    /// The values of a column `more`.
    var named: [String: Value] {
        get throws {
            guard let text else { return [:] }
            return try JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
        }
    }
}
