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
    private var columns: [DynamicColumns.Column]
    private var layouts: [DynamicColumns.Layout]
    /// One for all rows, because a copy would make room for its bytes anew.
    private var sum = RowChecksum()
    /// How many rows were as they were written, and the sum over them.
    private(set) var count = 0
    private(set) var goodSum: UInt32 = 0

    /// All events, in order.
    init(_ parameters: DynamicColumns, on connection: OpaquePointer) throws {
        // Not `kind`, which would be worked out for every row.
        let rows = try SQLStatement(
            "SELECT number, code, trial, time, report, detail, sum FROM events ORDER BY rowid",
            on: connection)
        let starts = try SQLStatement("SELECT * FROM starts ORDER BY rowid", on: connection)
        self.rows = rows
        self.starts = starts
        (columns, layouts) = (parameters.columns, parameters.layouts)
    }

    /// The next event; nil behind the last.
    ///
    /// - Throws: when the row is not as it was written; `Event.UnknownEvent`.
    mutating func next() throws -> StoredEvent? {
        guard try rows.step() else { return nil }
        guard rows[0].integer == count else { throw RowError() }
        let row = Row(rows)
        sum.add(count)
        row.code.add(to: &sum)
        row.trial.add(to: &sum)
        row.time.add(to: &sum)
        row.report.add(to: &sum)
        row.detail.add(to: &sum)
        let code = row.code.integer.flatMap(EventCode.init)
        var start: (Configuration, bracket: Int)?
        if code == .started {
            guard try starts.step() else { throw RowError() }
            start = try configuration()
        }
        // A newer program may sum up more than this one knows of.
        if code == nil, let name = row.code.text {
            throw Event.UnknownEvent(version: Event.version + 1, type: name)
        }
        guard rows[6].integer == sum.close(), let code else { throw RowError() }
        let event = try Self.event(row, code, start)
        count += 1
        goodSum = sum.value
        return event
    }

    /// The columns but the number and the sum: each is asked for once.
    private struct Row {
        let code, trial, time, report, detail: SQLColumn

        init(_ rows: borrowing SQLStatement) {
            (code, trial, time) = (rows[1], rows[2], rows[3])
            (report, detail) = (rows[4], rows[5])
        }
    }

    private static func event(
        _ row: Row, _ code: EventCode, _ start: (Configuration, bracket: Int)?
    ) throws -> StoredEvent {
        if code == .reported, let report = row.report.integer {
            return .report(report, time: try integer(row.time))
        }
        if let (configuration, bracket) = start {
            return .event(
                .started(
                    .init(
                        trial: try integer(row.trial), configuration: configuration,
                        bracket: bracket, time: try integer(row.time),
                        origin: row.detail.text.map(EventRow.origin) ?? .unrecorded)))
        }
        if code == .decided || code == .promoted {
            let (trial, time) = (try integer(row.trial), try integer(row.time))
            return try row.detail.bytes { text -> StoredEvent in
                .event(
                    code == .decided
                        ? .decided(try DecisionCodec.decision(text, trial: trial, time: time))
                        : .promoted(try DecisionCodec.promotion(text, trial: trial, time: time)))
            }
        }
        return .event(
            try EventRow(
                code, trial: row.trial.integer, time: row.time.integer, detail: row.detail.text
            )
            .event())
    }

    private static func integer(_ column: SQLColumn) throws -> Int {
        guard let integer = column.integer else { throw RowError() }
        return integer
    }

    private mutating func configuration() throws -> (Configuration, bracket: Int) {
        let (number, more) = (starts[2], starts[3])
        guard starts[0].integer == count, let bracket = starts[1].integer,
            let layout = number.integer, layouts.indices.contains(layout)
        else { throw RowError() }
        sum.add(bracket)
        number.add(to: &sum)
        more.add(to: &sum)
        starts.addCells(from: 4, to: &sum)
        let rest = try more.named
        let (paths, places) = (layouts[layout].names, layouts[layout].places)
        var values: [Value] = []
        values.reserveCapacity(places.count)
        for (index, place) in places.enumerated() {
            if let place {
                let cell = starts[4 + place]
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
