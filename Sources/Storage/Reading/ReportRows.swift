internal import Engine

/// Reads `reports` row by row and checks each.
struct ReportRows: ~Copyable {
    private var rows: SQLStatement
    private var row: TableRow<ReportColumn>
    private var layouts: [DynamicColumns.Layout]
    private let metricColumns: Int
    private let firstMetric = ReportColumn.count
    /// Of the layout that the last report had, as nearly all of a study have.
    private var layout = -1
    private var names: [String] = []
    private var places: [Int?] = []
    /// One for all rows, because a copy would make room for its bytes again.
    private var sum = RowChecksum()
    /// How many rows were as they were written, and the sum over them.
    private(set) var count = 0
    private(set) var goodSum: UInt32 = 0

    /// All reports, in order.
    init(_ metrics: DynamicColumns, on connection: ReadConnection) throws {
        let sql = ReportColumn.selection(
            format: connection.format, more: metrics.columns.map(\.name))
        rows = try SQLStatement(sql + " ORDER BY rowid", on: connection.database)
        row = TableRow(format: connection.format)
        layouts = metrics.layouts
        metricColumns = metrics.columns.count
    }

    /// The next report; nil behind the last.
    ///
    /// - Throws: when the row is not intact.
    mutating func next() throws -> ReceivedReport? {
        guard try rows.step() else { return nil }
        row.take(rows)
        guard row[.sequence].integer == count + 1 else { throw RowError() }
        row.add(to: &sum)
        rows.addCells(metricColumns, from: firstMetric, to: &sum)
        guard row[.sum].integer == sum.close() else { throw RowError() }
        let arrival = try arrival()
        count += 1
        goodSum = sum.value
        return arrival
    }

    private mutating func arrival() throws -> ReceivedReport {
        guard let trial = row[.trial].integer, let attempt = row[.attempt].integer,
            let resource = row[.resource].integer, let number = row[.layout].integer
        else { throw RowError() }
        try take(layout: number)
        let rest = try row[.more].named
        let values = try [Number](unsafeUninitializedCapacity: places.count) { values, count in
            for (index, place) in places.enumerated() {
                values[index] = try value(index, place: place, rest: rest)
                count += 1
            }
        }
        return ReceivedReport(
            trial: trial, attempt: attempt, resource: resource,
            metrics: Metrics(sortedNames: names, values: values), seconds: row[.seconds].real)
    }

    private func value(
        _ index: Int, place: Int?, rest: [String: Value]
    ) throws -> Number {
        if let place {
            let column = rows[firstMetric + place]
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
    /// Adds the named columns, which begin at `first`, as `RowInsertion.add(_:at:_:)` does.
    func addCells(_ count: Int, from first: Int, to sum: inout RowChecksum) {
        for place in 0..<count {
            let cell = self[first + place]
            guard !cell.isNull else { continue }
            sum.add(place)
            cell.add(to: &sum)
        }
    }
}
