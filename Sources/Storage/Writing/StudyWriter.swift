internal import Engine

/// Writes rows of a study, in one transaction that the caller begins and ends. After rolling the
/// transaction back, the caller calls `goBack(to:)` with a mark from before it.
struct StudyWriter: ~Copyable {
    var ends: TableEnds
    private var eventSum: RowChecksum
    private var reportSum: RowChecksum
    /// The reports that no event has referred to yet.
    private var uncommitted: UncommittedReports
    // Texts of statements that every transaction has: made once.
    private static let eventInsertion = EventColumn.insertion()
    static let countReplacement = RowCountColumn.insertion(replaces: true)

    /// A writer that continues where rows end; from the first row on where there are none.
    init(at ends: TableEnds = TableEnds(), uncommitted: UncommittedReports = .init()) {
        (self.ends, self.uncommitted) = (ends, uncommitted)
        eventSum = RowChecksum(after: ends.eventSum)
        reportSum = RowChecksum(after: ends.reportSum)
    }

    /// Remembers what the writer knows, for a transaction that may fail. O(1).
    mutating func mark() -> TableEnds {
        uncommitted.mark()
        return ends
    }

    /// Forgets all since `mark`.
    mutating func goBack(to mark: TableEnds) {
        ends = mark
        eventSum = RowChecksum(after: ends.eventSum)
        reportSum = RowChecksum(after: ends.reportSum)
        uncommitted.goBack()
    }

    // MARK: Reports

    mutating func write(_ arrivals: [ReceivedReport], on connection: SQLiteConnection) throws {
        guard !arrivals.isEmpty else { return }
        for arrival in arrivals {
            let metrics = arrival.metrics
            guard !metrics.notes.isEmpty else {
                try Self.prepare(&ends.metrics, metrics.names, on: connection) { _ in .plain }
                continue
            }
            let entries = metrics.entries
            try Self.prepare(&ends.metrics, entries.map(\.name), on: connection) { index in
                DynamicColumns.Kind(ofMetric: entries[index].value)
            }
        }
        var row = RowInsertion<ReportColumn>(
            try SQLStatement(kept: ends.metrics.insertion, on: connection))
        for arrival in arrivals { try write(arrival, with: &row) }
    }

    private mutating func write(
        _ arrival: ReceivedReport, with row: inout RowInsertion<ReportColumn>
    ) throws {
        guard let layout = ends.metrics.layout(of: arrival.metrics.allNames) else {
            throw RowError()
        }
        let (cells, more) = cells(of: arrival.metrics, layout)
        row.set(.sequence, to: ends.reports + 1, &reportSum)
        row.set(.trial, to: arrival.trial, &reportSum)
        row.set(.attempt, to: arrival.attempt, &reportSum)
        row.set(.resource, to: arrival.resource, &reportSum)
        row.set(.feasible, to: ends.feasibility?.number(of: arrival.metrics), &reportSum)
        row.set(.seconds, to: arrival.seconds, &reportSum)
        row.set(.layout, to: layout.number, &reportSum)
        row.set(.more, to: more, &reportSum)
        row.reserve(.sum)
        for place in ends.metrics.columns.indices {
            let index = place < layout.indices.count ? layout.indices[place] : nil
            row.add(index.map { cells[$0] } ?? .null, at: place, &reportSum)
        }
        try row.write(sum: reportSum.close(), at: .sum)
        ends.reportSum = reportSum.value
        ends.reports += 1
        uncommitted.add(arrival.key, sequence: ends.reports, metrics: arrival.metrics)
    }

    /// Takes what the study was created with from events that are still to be written.
    ///
    /// A file of resources that are no whole numbers gets a version of its own, so that programs which
    /// know none refuse it.
    mutating func noteDefinition(in events: [Event], on connection: SQLiteConnection) throws {
        guard ends.feasibility == nil, case .created(let definition)? = events.first else { return }
        if !definition.hyperband.isWhole {
            try connection.run("PRAGMA user_version = \(Schema.versionOfFractions)")
        }
        ends.feasibility = Feasibility(definition)
    }

    /// What the columns of a report's metrics hold, one for each name; what none can hold, as JSON.
    private func cells(
        of metrics: Metrics, _ layout: DynamicColumns.Layout
    ) -> (cells: [Cell], more: String?) {
        var cells: [Cell] = []
        cells.reserveCapacity(layout.names.count)
        var rest: [Name: JSON] = [:]
        let entries = metrics.notes.isEmpty ? [] : metrics.entries
        for (index, place) in layout.places.enumerated() {
            let value = entries.isEmpty ? metrics.values[index].value : entries[index].value
            let cell = place.map { Cell(metric: value, in: ends.metrics.columns[$0].kind) }
            cells.append(cell ?? .null)
            if case .null = cells[index] { rest[layout.names[index]] = JSON(value) }
        }
        return (cells, rest.isEmpty ? nil : JSON.object(rest).written)
    }

    // MARK: Events

    mutating func write(_ events: [Event], on connection: SQLiteConnection) throws {
        guard !events.isEmpty else { return }
        for case .started(let start) in events {
            let configuration = start.configuration
            try Self.prepare(&ends.parameters, configuration.paths, on: connection) { index in
                if case .boolean = configuration.values[index] { .boolean } else { .plain }
            }
        }
        var row = RowInsertion<EventColumn>(
            try SQLStatement(kept: Self.eventInsertion, on: connection))
        var start = RowInsertion<StartColumn>(
            try SQLStatement(kept: ends.parameters.insertion, on: connection))
        for event in events { try write(event, with: &row, &start) }
    }

    private mutating func write(
        _ event: Event, with row: inout RowInsertion<EventColumn>,
        _ start: inout RowInsertion<StartColumn>
    ) throws {
        let report = report(of: event)
        row.set(.number, to: ends.events, &eventSum)
        row.set(.code, to: EventCode(event.kind).rawValue, &eventSum)
        row.set(.trial, to: event.trial, &eventSum)
        row.set(.time, to: event.time, &eventSum)
        row.set(.report, to: report, &eventSum)
        row.set(.detail, to: Self.detail(of: event, isInInbox: report != nil), &eventSum)
        if case .started(let started) = event { try write(started, with: &start) }
        row.reserve(.sum)
        try row.write(sum: eventSum.close(), at: .sum)
        ends.eventSum = eventSum.value
        ends.events += 1
    }

    /// Where the inbox has the report that the event commits; nil where it has not, and the event
    /// holds it itself.
    private mutating func report(of event: Event) -> Int? {
        switch event {
        case .reported(let reported):
            let key = ReceivedReport.Key(
                trial: reported.trial, attempt: reported.attempt,
                resource: reported.report.resource)
            return uncommitted.commit(
                key, reported.report, afterInterruption: ends.isInterrupted)
        case .interrupted: ends.isInterrupted = true
        case .resumed:
            ends.isInterrupted = false
            uncommitted.resume()
        default: break
        }
        return nil
    }

    /// What the row says besides kind, trial and time. Decisions are many, so theirs are short.
    private static func detail(of event: Event, isInInbox: Bool) -> String? {
        switch event {
        case .started(let start): start.written
        case .reported: isInInbox ? nil : event.fields.written
        case .decided(let decision): decision.packed
        case .promoted(let promotion) where promotion.reason == nil: promotion.packed
        default: event.fields.written
        }
    }

    private mutating func write(
        _ start: Event.Start, with row: inout RowInsertion<StartColumn>
    ) throws {
        let paths = start.configuration.paths
        guard let layout = ends.parameters.layout(of: paths) else { throw RowError() }
        var cells = [Cell](repeating: .null, count: ends.parameters.columns.count)
        var rest: [Name: JSON] = [:]
        for (index, value) in start.configuration.values.enumerated() {
            if let place = layout.places[index] {
                cells[place] = Cell(value, in: ends.parameters.columns[place].kind)
                guard case .null = cells[place] else { continue }
            }
            rest[paths[index]] = JSON(value)
        }
        row.set(.number, to: ends.events, &eventSum)
        row.set(.bracket, to: start.bracket, &eventSum)
        row.set(.layout, to: layout.number, &eventSum)
        row.set(.more, to: rest.isEmpty ? nil : JSON.object(rest).written, &eventSum)
        for (place, cell) in cells.enumerated() { row.add(cell, at: place, &eventSum) }
        try row.write()
    }
}
