/// The tables and views of a study's file.
///
/// The columns `sum` are `RowChecksum`s: of `events` and `reports` each chained with the row before,
/// of the other tables each on its own. `row_counts` says how many rows belong to the study, so that
/// rows missing at the end are noticed as well.
enum Schema {
    /// "mohp": tells a study from other SQLite files.
    static let applicationID = 0x6d6f_6870

    /// The version this program writes, where resources are whole numbers.
    ///
    /// Version 2 brought attempts, resumptions, `row_counts` (which was `kept`) and the view
    /// `history`. Version 3 brought metrics that are texts or booleans, and `artifacts`, and sorts the names of metrics
    /// by their bytes. A study of an older version is rewritten when it is resumed.
    static let version = 3

    /// The version of studies with a `resolution`, whose resources may be reals; else as ``version``.
    /// The highest that this program reads.
    static let versionOfFractions = 4

    /// Makes the tables in an empty file.
    static func create(on connection: SQLiteConnection) throws {
        try connection.run("PRAGMA application_id = \(applicationID)")
        try connection.run("PRAGMA user_version = \(version)")
        for table in tables { try connection.run(table) }
        try connection.run(views)
    }

    private static var tables: [String] {
        [
            MetadataColumn.creation(), RowCountColumn.creation(), NameColumn.creation(),
            LayoutColumn.creation(), ReportColumn.creation(),
            EventColumn.creation(
                ", kind TEXT GENERATED ALWAYS AS (\(kindExpression)) VIRTUAL"),
            StartColumn.creation(), CheckpointColumn.creation(),
            ArtifactColumn.creation(),
            // Holds resumptions alone, of which there are few, so that `history` finds them at once.
            "CREATE INDEX resumptions ON events (number) WHERE code = \(code(.resumed));",
        ]
    }

    static func code(_ code: EventCode) -> String { "\(code.rawValue)" }

    private static var kindExpression: String {
        let cases = EventCode.allCases.map { "WHEN \($0.rawValue) THEN '\($0)'" }
        return "CASE code \(cases.joined(separator: " ")) ELSE code END"
    }

    private static let views = """
        CREATE VIEW history AS SELECT * FROM events WHERE NOT EXISTS (
          SELECT 1 FROM events AS later WHERE later.code = \(code(.resumed))
            AND later.number >= events.number AND later.detail ->> 'from' <= events.number);
        CREATE VIEW decisions AS SELECT number, trial, time,
          detail ->> 0 AS rung, detail ->> 1 AS bracket, detail ->> 2 AS resource,
          detail ->> 3 AS verdict, detail ->> 4 AS rank, detail ->> 5 AS out_of,
          detail ->> 6 AS quota, detail -> 8 AS ahead
        FROM history WHERE code = \(code(.decided));
        CREATE VIEW trials AS SELECT start.trial AS id, number, bracket,
          CASE last.code
            WHEN \(code(.ended)) THEN CASE last.detail ->> 'outcome'
              WHEN 'failed' THEN 'failed' WHEN 'interrupted' THEN 'stopped'
              ELSE 'completed' END
            WHEN \(code(.decided)) THEN CASE last.detail ->> 3
              WHEN 'stop' THEN 'stopped' WHEN 'pause' THEN 'paused' ELSE 'running' END
            ELSE 'running' END AS state,
          coalesce(report.resource, 0) AS resource, coalesce(report.count, 0) AS reports,
          CASE last.code WHEN \(code(.ended)) THEN last.detail ->> 'error' END AS error
        FROM history AS start JOIN starts USING (number)
          LEFT JOIN (
            SELECT trial, code, detail, max(number) FROM history
            WHERE code IN (\(lives)) GROUP BY trial) AS last ON last.trial = start.trial
          LEFT JOIN (
            SELECT trial, max(resource) AS resource, count(*) AS count FROM reports
            GROUP BY trial) AS report ON report.trial = start.trial
        WHERE start.code = \(code(.started));
        """

    /// The events that say what state a trial is in.
    private static var lives: String {
        [EventCode.started, .decided, .promoted, .ended].map { code($0) }.joined(separator: ", ")
    }

    /// The version of a study's file.
    ///
    /// - Throws: `StorageError` for a file that is no study, or a newer one.
    static func check(_ connection: SQLiteConnection, path: String) throws -> Int {
        do {
            guard try connection.integer("PRAGMA application_id") == applicationID else {
                throw StorageError.notAStudy(path: path, got: "another SQLite file")
            }
            let found = try connection.integer("PRAGMA user_version") ?? 0
            guard found <= versionOfFractions else {
                throw StorageError.newer(path: path, version: found, known: versionOfFractions)
            }
            return found
        } catch let error as SQLError {
            if error.isNoDatabase { throw StorageError.notAStudy(path: path, got: "another file") }
            if error.isDamage { throw StorageError.damaged(path: path, what: "\(error)") }
            throw StorageError.unreadable(path: path, reason: "\(error)")
        }
    }
}
