internal import Engine

/// The studies of a database as rows of `mohpo.study`.
enum StudyRows {
    /// Makes an empty study.
    ///
    /// - Returns: its number.
    static func insert(_ metadata: StudyMetadata, on connection: ServerConnection) throws -> Int {
        try connection.transaction {
            let made = try connection.run(
                """
                INSERT INTO mohpo.study (name, created, program, script, run, ordinal)
                VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
                """,
                [
                    .text(metadata.name), .text(metadata.created), .text(metadata.program),
                    .text(metadata.script), .text(metadata.run), .integer(metadata.ordinal),
                ])
            let id = made.first?.integer(0) ?? 0
            try connection.run("INSERT INTO mohpo.leases (study) VALUES ($1)", [.integer(id)])
            return id
        }
    }

    /// A study as a list shows it, and its number.
    typealias Row = (id: Int, entry: StudyEntry)

    private static let selection = """
        SELECT study.id, study.name, created, program, script, run, ordinal,
          holder IS NOT NULL AND until > clock_timestamp(), lease.reports,
          (SELECT count(*) FROM mohpo.events WHERE events.study = study.id AND kind = 'started'),
          (SELECT kind FROM mohpo.events WHERE events.study = study.id
            ORDER BY number DESC LIMIT 1),
          (SELECT kind FROM mohpo.events WHERE events.study = study.id
            AND kind IN ('interrupted', 'resumed') ORDER BY number DESC LIMIT 1)
        FROM mohpo.study JOIN mohpo.leases AS lease ON lease.study = study.id
        """

    /// The studies that a condition names, the newest first.
    ///
    /// - Parameters:
    ///   - clause: `WHERE …`, with `$1` and so on.
    ///   - address: of the database.
    static func read(
        _ clause: String, _ parameters: [QueryParameter] = [], of address: ServerAddress,
        on connection: ServerConnection
    ) throws -> [Row] {
        let rows = try connection.run(
            "\(selection) \(clause) ORDER BY study.id DESC", parameters
        ).rows
        return rows.map { row -> Row in
            let id = row.integer(0) ?? 0
            let metadata = StudyMetadata(
                name: row.text(1) ?? "", created: row.text(2) ?? "", program: row.text(3) ?? "",
                script: row.text(4) ?? "", run: row.text(5) ?? "", ordinal: row.integer(6) ?? 1)
            let entry = StudyEntry(
                address: "\(address.address(ofStudy: id))", metadata: metadata, state: state(row),
                trials: row.integer(9) ?? 0, reports: row.integer(8) ?? 0)
            return (id, entry)
        }
    }

    private static func state(_ row: QueryRow) -> StudyEntry.State {
        if row.isTrue(7) { return .running }
        if row.text(11) == EventKind.interrupted.rawValue { return .interrupted }
        return row.text(10) == EventKind.finished.rawValue ? .finished : .abandoned
    }

    /// The study that an address means: of a database alone, and of a name, the newest.
    ///
    /// - Returns: the study, and how many others the address could mean.
    /// - Throws: `ServerError.missing`.
    static func find(
        _ address: ServerAddress, on connection: ServerConnection
    ) throws -> (study: Row, others: Int) {
        // A database that no study was ever kept in has no tables.
        guard try ServerSchema.found(on: connection, of: address) > 0 else {
            throw ServerError.missing(study: "\(address)")
        }
        let found: [Row]
        switch address.study {
        case .id(let id):
            found = try read(
                "WHERE study.id = $1", [.integer(id)], of: address, on: connection)
        case .name(let name):
            found = try read("WHERE study.name = $1", [.text(name)], of: address, on: connection)
        case nil: found = try read("", of: address, on: connection)
        }
        guard let newest = found.first else { throw ServerError.missing(study: "\(address)") }
        return (newest, found.count - 1)
    }
}
