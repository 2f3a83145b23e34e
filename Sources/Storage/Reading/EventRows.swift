internal import Engine

/// An event as its row tells it, before the report it speaks of is looked up.
enum StoredEvent {
    case event(Event)
    /// A report of the inbox, by its number from 1, and when it was committed.
    case report(Int, time: Int)
}

/// Reads `events` and `starts` row by row and checks each.
struct EventRows: ~Copyable {
    private var rows: SQLStatement
    private var starts: SQLStatement
    private var row: TableRow<EventColumn>
    private var start: TableRow<StartColumn>
    private let firstParameter = StartColumn.count
    private var columns: [DynamicColumns.Column]
    private var layouts: [DynamicColumns.Layout]
    /// One for all rows, because a copy would make room for its bytes again.
    private var sum = RowChecksum()
    /// How many rows were intact, and the sum over them.
    private(set) var count = 0
    private(set) var goodSum: UInt32 = 0

    /// The events behind the first `count`, in order.
    ///
    /// - Parameter goodSum: the sum over those.
    init(
        _ parameters: DynamicColumns, on connection: ReadConnection, after count: Int = 0,
        sum goodSum: UInt32 = 0
    ) throws {
        let rows = try SQLStatement(
            EventColumn.selection(format: connection.format)
                + EventColumn.order(after: count, first: 0),
            on: connection.database)
        let sql = StartColumn.selection(
            format: connection.format, more: parameters.columns.map(\.name.text))
        let starts = try SQLStatement(
            sql + StartColumn.order(after: count, first: 0), on: connection.database)
        self.rows = rows
        self.starts = starts
        row = TableRow(format: connection.format)
        start = TableRow(format: connection.format)
        (columns, layouts) = (parameters.columns, parameters.layouts)
        (self.count, self.goodSum) = (count, goodSum)
        sum = RowChecksum(after: goodSum)
    }

    /// The next event; nil behind the last.
    ///
    /// - Throws: when the row is not intact; `Event.UnknownEvent`.
    mutating func next() throws -> StoredEvent? {
        guard try rows.step() else { return nil }
        row.take(rows)
        guard row[.number].integer == count else { throw RowError() }
        row.add(to: &sum)
        let code = row[.code].integer.flatMap(EventCode.init)
        var started: (Configuration, bracket: Int)?
        if code == .started {
            guard try starts.step() else { throw RowError() }
            started = try configuration()
        }
        // A newer program may sum up more than this one knows of.
        if code == nil, let name = row[.code].text, Self.isNameOfNewKind(name) {
            throw Event.UnknownEvent(version: Event.version + 1, type: name)
        }
        guard row[.sum].integer == sum.close(), let code else { throw RowError() }
        let event = try event(code, started)
        count += 1
        goodSum = sum.value
        return event
    }

    /// Whether a text may be the name of a kind of event that a newer program knows; else it is damage.
    private static func isNameOfNewKind(_ name: String) -> Bool {
        name.utf8.count > 3 && EventKind(rawValue: name) == nil
            && name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }

    private func event(
        _ code: EventCode, _ started: (Configuration, bracket: Int)?
    ) throws -> StoredEvent {
        if code == .reported, let report = row[.report].integer {
            return .report(report, time: try integer(.time))
        }
        if let (configuration, bracket) = started {
            let (origin, reason) =
                try row[.detail].text.map(Event.Start.read) ?? (.unrecorded, nil)
            return .event(
                .started(
                    .init(
                        trial: try integer(.trial), configuration: configuration,
                        bracket: bracket, time: try integer(.time), origin: origin,
                        reason: reason)))
        }
        if code == .decided || code == .promoted && !hasReason {
            let (trial, time) = (try integer(.trial), try integer(.time))
            return try row[.detail].bytes { text -> StoredEvent in
                .event(
                    code == .decided
                        ? .decided(try Decision(packed: text, trial: trial, time: time))
                        : .promoted(try Promotion(packed: text, trial: trial, time: time)))
            }
        }
        return .event(
            try Event(
                code.kind, row[.detail].bytes { try JSON(parsing: $0) },
                trial: row[.trial].integer, time: row[.time].integer))
    }

    /// A promotion with a reason is an object.
    private var hasReason: Bool { row[.detail].bytes { $0.first == UInt8(ascii: "{") } }

    private func integer(_ column: EventColumn) throws -> Int {
        guard let integer = row[column].integer else { throw RowError() }
        return integer
    }

    private mutating func configuration() throws -> (Configuration, bracket: Int) {
        start.take(starts)
        guard start[.number].integer == count, let bracket = start[.bracket].integer,
            let layout = start[.layout].integer, layouts.indices.contains(layout)
        else { throw RowError() }
        start.add(to: &sum)
        starts.addCells(columns.count, from: firstParameter, to: &sum)
        let rest = try start[.more].named
        let (paths, places) = (layouts[layout].names, layouts[layout].places)
        var values: [Value] = []
        values.reserveCapacity(places.count)
        for (index, place) in places.enumerated() {
            if let place {
                let cell = starts[firstParameter + place]
                if !cell.isNull {
                    values.append(cell.value(columns[place].kind))
                    continue
                }
            }
            guard let value = rest[paths[index]] else { throw RowError() }
            values.append(value)
        }
        return (Configuration(paths: paths, values: values), bracket)
    }

    /// Gives the configurations to come paths of their own, as `ReportRows.renewNames`.
    mutating func renewPaths() {
        layouts = layouts.map { layout in
            .init(
                number: layout.number, names: layout.names.map { $0 }, places: layout.places)
        }
    }
}
