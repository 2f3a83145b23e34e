internal import Engine

/// The reports of a study as rows of `mohpo.reports`.
enum ReportRows {
    private static let insertion = """
        INSERT INTO mohpo.reports
          (study, sequence, trial, attempt, resource, feasible, seconds, metrics)
        SELECT $1, sequence, trial, attempt, resource, feasible, seconds, metrics::json
        FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::double precision[],
          $6::integer[],
          $7::double precision[], $8::text[])
          AS report(sequence, trial, attempt, resource, feasible, seconds, metrics)
        """

    /// Adds reports behind those that are there.
    ///
    /// - Parameters:
    ///   - count: how many there are.
    ///   - definition: says which keep the constraints; nil before it is known.
    static func insert(
        _ arrivals: [ReceivedReport], into study: Int, after count: Int,
        of definition: StudyDefinition?, in batch: inout StatementBatch
    ) {
        guard !arrivals.isEmpty else { return }
        let constrained = definition.flatMap { $0.constraints.isEmpty ? nil : $0 }
        batch.add(
            insertion,
            [
                .integer(study), .integers(arrivals.indices.map { count + 1 + $0 }),
                .integers(arrivals.map(\.trial)), .integers(arrivals.map(\.attempt)),
                .resources(arrivals.map(\.resource)),
                .integers(
                    arrivals.map { arrival in
                        constrained.map { $0.isFeasible(arrival.metrics) ? 1 : 0 }
                    }),
                .reals(arrivals.map(\.seconds)), .texts(arrivals.map { JSON($0.metrics).written }),
            ])
    }

    /// Rows are read in parts of so many, so that libpq never holds all of a large study.
    static let rowsInPart = 5_000

    /// The reports behind the first `count`, in order.
    ///
    /// - Throws: `ServerError`.
    static func read(
        of study: ServerAddress, id: Int, after count: Int, on connection: ServerConnection
    ) throws -> [ReceivedReport] {
        let selection = """
            SELECT sequence, trial, attempt, resource, seconds, metrics FROM mohpo.reports
            WHERE study = $1 AND sequence > $2 ORDER BY sequence LIMIT \(rowsInPart)
            """
        var (arrivals, last): ([ReceivedReport], Int) = ([], max(0, count))
        while true {
            let rows = try connection.run(selection, [.integer(id), .integer(last)]).rows
            for row in rows {
                last += 1
                guard row.integer(0) == last, let arrival = try? report(row) else {
                    throw ServerError.damaged(study: "\(study)", what: "report \(last)")
                }
                arrivals.append(arrival)
            }
            if rows.count < rowsInPart { return arrivals }
        }
    }

    private static func report(_ row: QueryRow) throws -> ReceivedReport? {
        guard let trial = row.integer(1), let attempt = row.integer(2),
            let resource = row.resource(3), let seconds = row.real(4),
            let metrics = try row.bytes(5, { try JSON(parsing: $0) })
        else { return nil }
        let fields = JSON.object(["resource": JSON(resource), "metrics": metrics])
        guard case .reported(let told) = try Event(.reported, fields, trial: trial, time: 0) else {
            return nil
        }
        return ReceivedReport(
            trial: trial, attempt: attempt, resource: resource, metrics: told.report.metrics,
            seconds: seconds)
    }
}
