internal import Engine

/// Writes rows of a study, in one transaction that somebody else begins and ends. Who rolls the
/// transaction back goes back to a mark from before it.
struct StudyWriter {
    var metrics = DynamicColumns(owner: "reports", fixed: Schema.reportColumns)
    var parameters = DynamicColumns(owner: "starts", fixed: Schema.startColumns)
    var eventSum = RowChecksum()
    var reportSum = RowChecksum()
    var eventCount = 0
    var reportCount = 0
    var checkpointCount = 0
    /// The reports that no event has referred to yet.
    var open = UncommittedReports()
    /// Whether the study was interrupted and has not been resumed.
    var isInterrupted = false

    /// What a writer knew at a moment, but for the open reports.
    struct Mark {
        fileprivate let metrics, parameters: DynamicColumns
        fileprivate let eventSum, reportSum: UInt32
        fileprivate let counts: (events: Int, reports: Int, checkpoints: Int)
        fileprivate let isInterrupted: Bool
    }

    /// Remembers what the writer knows, for a transaction that may fail. O(1).
    mutating func mark() -> Mark {
        open.mark()
        return Mark(
            metrics: metrics, parameters: parameters, eventSum: eventSum.value,
            reportSum: reportSum.value, counts: (eventCount, reportCount, checkpointCount),
            isInterrupted: isInterrupted)
    }

    /// Forgets all since `mark`.
    mutating func goBack(to mark: Mark) {
        (metrics, parameters) = (mark.metrics, mark.parameters)
        (eventSum, reportSum) = (
            RowChecksum(after: mark.eventSum), RowChecksum(after: mark.reportSum)
        )
        (eventCount, reportCount, checkpointCount) = mark.counts
        isInterrupted = mark.isInterrupted
        open.goBack()
    }

    // MARK: Reports

    mutating func write(_ arrivals: [ReceivedReport], on connection: Connection) throws {
        guard !arrivals.isEmpty else { return }
        for arrival in arrivals {
            try Self.prepare(&metrics, arrival.metrics.names, on: connection) { _ in .plain }
        }
        var insertion = try SQLStatement(metrics.insertion, on: connection)
        for arrival in arrivals { try write(arrival, with: &insertion) }
    }

    private mutating func write(_ arrival: ReceivedReport, with insertion: inout SQLStatement)
        throws
    {
        reportCount += 1
        guard let layout = metrics.layout(of: arrival.metrics.names) else { throw RowError() }
        let more = layout.isComplete ? nil : try rest(of: arrival.metrics, layout)
        reportSum.add(reportCount)
        reportSum.add(arrival.trial)
        reportSum.add(arrival.resource)
        reportSum.add(arrival.seconds)
        reportSum.add(layout.number)
        reportSum.add(more)
        insertion.bind(reportCount)
        insertion.bind(arrival.trial)
        insertion.bind(arrival.resource)
        insertion.bind(arrival.seconds)
        insertion.bind(layout.number)
        insertion.bind(more)
        insertion.skip()
        for place in metrics.columns.indices {
            guard place < layout.indices.count, let index = layout.indices[place] else {
                insertion.bind(Int?.none)
                continue
            }
            let cell = Cell(arrival.metrics.values[index])
            reportSum.add(place)
            reportSum.add(cell)
            insertion.bind(cell)
        }
        insertion.bind(reportSum.close(), at: Schema.reportColumns.count)
        try insertion.run()
        open.add(arrival.key, reportCount, arrival.metrics)
    }

    /// The metrics without a column, as JSON.
    private func rest(of metrics: Metrics, _ layout: DynamicColumns.Layout) throws -> String {
        var rest: [String: Value] = [:]
        for (index, place) in layout.places.enumerated() where place == nil {
            rest[layout.names[index]] = metrics.values[index].value
        }
        return try json(rest)
    }

    // MARK: Events

    mutating func write(_ events: [Event], on connection: Connection) throws {
        guard !events.isEmpty else { return }
        for case .started(let start) in events {
            let configuration = start.configuration
            try Self.prepare(&parameters, configuration.paths, on: connection) { index in
                if case .boolean = configuration.values[index] { .boolean } else { .plain }
            }
        }
        var insertion = try SQLStatement(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", on: connection)
        var starting = try SQLStatement(parameters.insertion, on: connection)
        for event in events { try write(event, with: &insertion, &starting) }
    }

    private mutating func write(
        _ event: Event, with insertion: inout SQLStatement, _ starting: inout SQLStatement
    ) throws {
        let row = try EventRow(event) { event in
            open.commit(
                ReceivedReport.Key(
                    trial: event.trial, attempt: event.attempt, resource: event.report.resource),
                event.report, afterInterruption: isInterrupted)
        }
        switch event {
        case .interrupted: isInterrupted = true
        case .resumed:
            isInterrupted = false
            open.resume()
        default: break
        }
        eventSum.add(eventCount)
        eventSum.add(row.code.rawValue)
        eventSum.add(row.trial)
        eventSum.add(row.time)
        eventSum.add(row.report)
        eventSum.add(row.detail)
        if case .started(let start) = event { try write(start, with: &starting) }
        insertion.bind(eventCount)
        insertion.bind(row.code.rawValue)
        insertion.bind(row.trial)
        insertion.bind(row.time)
        insertion.bind(row.report)
        insertion.bind(row.detail)
        insertion.bind(eventSum.close())
        try insertion.run()
        eventCount += 1
    }

    private mutating func write(
        _ start: Event.Start, with insertion: inout SQLStatement
    ) throws {
        let paths = start.configuration.paths
        guard let layout = parameters.layout(of: paths) else { throw RowError() }
        var cells = [Cell](repeating: .null, count: parameters.columns.count)
        var rest: [String: Value] = [:]
        for (index, value) in start.configuration.values.enumerated() {
            if let place = layout.places[index] {
                cells[place] = Cell(value, in: parameters.columns[place].kind)
                guard case .null = cells[place] else { continue }
            }
            rest[paths[index]] = value
        }
        let more = rest.isEmpty ? nil : try json(rest)
        insertion.bind(eventCount)
        insertion.bind(start.bracket)
        insertion.bind(layout.number)
        insertion.bind(more)
        eventSum.add(start.bracket)
        eventSum.add(layout.number)
        eventSum.add(more)
        eventSum.add(cells)
        for cell in cells { insertion.bind(cell) }
        try insertion.run()
    }

    // MARK: Checkpoints

    mutating func write(_ checkpoint: Checkpoint, on connection: Connection) throws {
        try remove(checkpointOf: checkpoint.trial, on: connection)
        var sum = RowChecksum()
        sum.add(checkpoint.trial)
        sum.add(checkpoint.resource)
        sum.add(checkpoint.content.span, tag: 4)
        var insertion = try SQLStatement(
            "INSERT INTO checkpoints VALUES (?, ?, ?, ?)", on: connection)
        insertion.bind(checkpoint.trial)
        insertion.bind(checkpoint.resource)
        insertion.bind(blob: checkpoint.content)
        insertion.bind(sum.close())
        try insertion.run()
        checkpointCount += 1
    }

    mutating func remove(checkpointOf trial: Int, on connection: Connection) throws {
        var deletion = try SQLStatement(
            "DELETE FROM checkpoints WHERE trial = ?", on: connection)
        deletion.bind(trial)
        try deletion.run()
        checkpointCount -= connection.changes
    }

    // MARK: All

    func write(_ note: StudyMetadata, on connection: Connection) throws {
        var insertion = try SQLStatement(
            "INSERT INTO study VALUES (1, ?, ?, ?, ?, ?, ?, ?)", on: connection)
        var sum = RowChecksum()
        for text in [note.name, note.created, note.program, note.script, note.run] {
            insertion.bind(text)
            sum.add(text)
        }
        sum.add(note.ordinal)
        insertion.bind(note.ordinal)
        insertion.bind(sum.close())
        try insertion.run()
    }

    /// Says how many rows there are now. The last thing of every transaction.
    func writeCounts(on connection: Connection) throws {
        var sum = RowChecksum()
        var update = try SQLStatement(
            "INSERT OR REPLACE INTO kept VALUES (1, ?, ?, ?, ?)", on: connection)
        for count in [eventCount, reportCount, checkpointCount] {
            update.bind(count)
            sum.add(count)
        }
        update.bind(sum.close())
        try update.run()
    }

    /// Makes sure that names have a layout and, where they can, columns.
    private static func prepare(
        _ table: inout DynamicColumns, _ names: [String], on connection: Connection,
        kind: (Int) -> DynamicColumns.Kind
    ) throws {
        guard table.layout(of: names) == nil else { return }
        for (index, name) in names.enumerated()
        where table.place(of: name) == nil && table.canHaveColumn(name) {
            table.addColumn(name, kind(index))
            var sum = RowChecksum()
            for text in [table.owner, name, kind(index).rawValue] { sum.add(text) }
            let quoted =
                "\""
                + name.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") + "\""
            try connection.run("ALTER TABLE \(table.owner) ADD COLUMN \(quoted)")
            var insertion = try SQLStatement(
                "INSERT INTO columns VALUES (NULL, ?, ?, ?, ?)", on: connection)
            for text in [table.owner, name, kind(index).rawValue] { insertion.bind(text) }
            insertion.bind(sum.close())
            try insertion.run()
        }
        let number = table.layouts.count
        let text = try json(names)
        var sum = RowChecksum()
        var insertion = try SQLStatement(
            "INSERT INTO layouts VALUES (NULL, ?, ?, ?, ?)", on: connection)
        sum.add(table.owner)
        sum.add(number)
        sum.add(text)
        insertion.bind(table.owner)
        insertion.bind(number)
        insertion.bind(text)
        insertion.bind(sum.close())
        try insertion.run()
        table.addLayout(names)
    }
}
