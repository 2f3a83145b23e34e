internal import Engine

/// Reads `reports` row by row and checks each.
struct ReportRows: ~Copyable {
    private var rows: SQLStatement
    private var row: TableRow<ReportColumn>
    private var layouts: [DynamicColumns.Layout]
    private let kinds: [DynamicColumns.Kind]
    private let firstMetric = ReportColumn.count
    /// Of the layout that the last report had, as nearly all of a study have.
    private var layout = -1
    private var names: [Name] = []
    private var places: [Int?] = []
    /// Whether the layout's columns hold numbers alone.
    private var isNumeric = false
    /// The numbers' names of the last report that also had others.
    private var numbers: [Name] = []
    /// One for all rows, because a copy would make room for its bytes again.
    private var sum = RowChecksum()
    /// How many rows were intact, and the sum over them.
    private(set) var count = 0
    private(set) var goodSum: UInt32 = 0

    /// The reports behind the first `count`, in order.
    ///
    /// - Parameter goodSum: the sum over those.
    init(
        _ metrics: DynamicColumns, on connection: ReadConnection, after count: Int = 0,
        sum goodSum: UInt32 = 0
    ) throws {
        let sql = ReportColumn.selection(
            format: connection.format, more: metrics.columns.map(\.name.text))
        rows = try SQLStatement(
            sql + ReportColumn.order(after: count, first: 1), on: connection.database)
        row = TableRow(format: connection.format)
        layouts = metrics.layouts
        kinds = metrics.columns.map(\.kind)
        (self.count, self.goodSum) = (count, goodSum)
        sum = RowChecksum(after: goodSum)
    }

    /// The next report; nil behind the last.
    ///
    /// - Throws: when the row is not intact.
    mutating func next() throws -> ReceivedReport? {
        guard try rows.step() else { return nil }
        row.take(rows)
        guard row[.sequence].integer == count + 1 else { throw RowError() }
        row.add(to: &sum)
        rows.addCells(kinds.count, from: firstMetric, to: &sum)
        guard row[.sum].integer == sum.close() else { throw RowError() }
        let arrival = try arrival()
        count += 1
        goodSum = sum.value
        return arrival
    }

    private mutating func arrival() throws -> ReceivedReport {
        guard let trial = row[.trial].integer, let attempt = row[.attempt].integer,
            let resource = row[.resource].resource, let number = row[.layout].integer
        else { throw RowError() }
        try take(layout: number)
        return ReceivedReport(
            trial: trial, attempt: attempt, resource: resource, metrics: try metrics(),
            seconds: row[.seconds].real)
    }

    private mutating func metrics() throws -> Metrics {
        let rest = try row[.more].named
        guard isNumeric, rest.isEmpty else { return try metrics(with: rest) }
        let values = try [Number](unsafeUninitializedCapacity: places.count) { values, count in
            for (index, place) in places.enumerated() {
                guard let place, case let column = rows[firstMetric + place], !column.isNull
                else { throw RowError() }
                values[index] = column.number
                count += 1
            }
        }
        return Metrics(sortedNames: names, values: values)
    }

    /// Metrics of any kind.
    private mutating func metrics(with rest: [Name: Value]) throws -> Metrics {
        var entries: [(key: Name, value: Value)] = []
        entries.reserveCapacity(places.count)
        for (index, place) in places.enumerated() {
            var value = rest[names[index]]
            if let place, case let column = rows[firstMetric + place], !column.isNull {
                value = column.metric(kinds[place])
            }
            guard let value, Metrics.canHold(value) else { throw RowError() }
            entries.append((names[index], value))
        }
        var metrics = Metrics(sorted: entries)
        if metrics.names == numbers { metrics.shareNames(numbers) } else { numbers = metrics.names }
        return metrics
    }

    private mutating func take(layout number: Int) throws {
        guard number != layout else { return }
        guard layouts.indices.contains(number) else { throw RowError() }
        (layout, names, places) = (number, layouts[number].names, layouts[number].places)
        isNumeric = places.allSatisfy { $0.map { kinds[$0] == .plain } ?? true }
    }

    /// Gives the reports to come names of their own, in other memory: counting who holds the same
    /// from two threads at once takes longer than reading a row.
    mutating func renewNames() {
        names = names.map { $0 }
        numbers = numbers.map { $0 }
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
