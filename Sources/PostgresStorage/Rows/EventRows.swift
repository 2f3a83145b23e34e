internal import Engine

/// The events of a study as rows of `mohpo.events`.
///
/// An event that commits a report of the inbox names it by its sequence and has no `detail`. One whose
/// report is not there, or is another, holds it itself.
enum EventRows {
    private static let insertion = """
        INSERT INTO mohpo.events (study, number, kind, trial, time, report, detail)
        SELECT $1, number, kind, trial, time, report, detail::json
        FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
          AS event(number, kind, trial, time, report, detail)
        """

    /// For events whose reports an earlier process may have received.
    private static let search = """
        INSERT INTO mohpo.events (study, number, kind, trial, time, report, detail)
        SELECT $1, event.number, 'reported', event.trial, event.time, report.sequence,
          CASE WHEN report.sequence IS NULL THEN event.detail::json END
        FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::double precision[],
          $7::text[], $8::text[])
          AS event(number, trial, time, attempt, resource, metrics, detail)
        LEFT JOIN mohpo.reports AS report ON report.study = $1 AND report.trial = event.trial
          AND report.attempt = event.attempt AND report.resource = event.resource
          AND report.metrics::text = event.metrics
        """

    /// Appends events behind those that are there.
    ///
    /// - Parameters:
    ///   - reports: for each event the number of the report that it commits, where that is known.
    ///   - count: how many there are.
    static func insert(
        _ events: [Event], committing reports: [Int?], into study: Int, after count: Int,
        in batch: inout StatementBatch
    ) {
        var searched: [(number: Int, event: Event.ReportedEvent)] = []
        var (numbers, details): ([Int], [String?]) = ([], [])
        var (plain, found): ([Event], [Int?]) = ([], [])
        for (index, event) in events.enumerated() {
            if case .reported(let reported) = event, reports[index] == nil {
                searched.append((count + index, reported))
                continue
            }
            numbers.append(count + index)
            plain.append(event)
            found.append(reports[index])
            details.append(reports[index] == nil ? event.fields.written : nil)
        }
        search(searched, of: study, in: &batch)
        guard !plain.isEmpty else { return }
        batch.add(
            insertion,
            [
                .integer(study), .integers(numbers), .texts(plain.map(\.kind.rawValue)),
                .integers(plain.map(\.trial)), .integers(plain.map(\.time)), .integers(found),
                .texts(details),
            ])
    }

    /// Appends events, each of which names its report if it is in the inbox.
    private static func search(
        _ events: [(number: Int, event: Event.ReportedEvent)], of study: Int,
        in batch: inout StatementBatch
    ) {
        guard !events.isEmpty else { return }
        let fields = events.map { Event.reported($0.event).fields }
        batch.add(
            search,
            [
                .integer(study), .integers(events.map(\.number)),
                .integers(events.map(\.event.trial)),
                .integers(events.map { Event.reported($0.event).time }),
                .integers(events.map(\.event.attempt)),
                .resources(events.map(\.event.report.resource)),
                .texts(fields.map { $0["metrics"]?.written }), .texts(fields.map(\.written)),
            ])
    }

    /// Each event's report is looked up by itself (`OFFSET 0`): of a table that grows, the server's
    /// statistics are so old that it would read all reports for a few events.
    private static func selection(limit: Int) -> String {
        """
        SELECT event.number, event.kind, event.trial, event.time, event.detail,
          report.attempt, report.resource, report.metrics
        FROM mohpo.events AS event LEFT JOIN LATERAL (
          SELECT attempt, resource, metrics FROM mohpo.reports
          WHERE study = event.study AND sequence = event.report OFFSET 0) AS report ON true
        WHERE event.study = $1 AND event.number >= $2
        ORDER BY event.number LIMIT \(limit)
        """
    }

    /// Hands over the events from number `first` on, in order.
    ///
    /// - Parameter limit: how many at most; nil: all.
    /// - Throws: `ServerError`; `Event.UnknownEvent` where a newer program wrote an event.
    static func read(
        of study: ServerAddress, id: Int, from first: Int, limit: Int? = nil,
        on connection: ServerConnection, _ body: (Event) -> Void
    ) throws {
        var next = max(0, first)
        let part = limit ?? ReportRows.rowsInPart
        while true {
            let rows = try connection.run(selection(limit: part), [.integer(id), .integer(next)])
                .rows
            for row in rows {
                do {
                    guard row.integer(0) == next, let event = try event(row) else {
                        throw ServerError.damaged(study: "\(study)", what: "event \(next)")
                    }
                    body(event)
                } catch let error as Event.UnknownEvent { throw error } catch {
                    throw ServerError.damaged(study: "\(study)", what: "event \(next)")
                }
                next += 1
            }
            if rows.count < part || limit != nil { return }
        }
    }

    private static func event(_ row: QueryRow) throws -> Event? {
        guard let name = row.text(1) else { return nil }
        guard let kind = EventKind(rawValue: name) else {
            throw Event.UnknownEvent(version: Event.version + 1, type: name)
        }
        guard let fields = try fields(row) else { return nil }
        return try Event(kind, fields, trial: row.integer(2), time: row.integer(3))
    }

    private static func fields(_ row: QueryRow) throws -> JSON? {
        if let detail = try row.bytes(4, { try JSON(parsing: $0) }) { return detail }
        guard let attempt = row.integer(5), let resource = row.resource(6),
            let metrics = try row.bytes(7, { try JSON(parsing: $0) })
        else { return nil }
        return .object([
            "attempt": .integer(attempt), "resource": JSON(resource), "metrics": metrics,
        ])
    }
}
