internal import GRDB

/// The tables of a study's file. What they mean to a user is in `docs/studies.md`.
///
/// The columns `sum` are `RowChecksum`s: of `events` and `reports` each chained with the row before, of
/// the other tables each on its own. `kept` says how many rows belong to the study, so that rows
/// missing at the end are noticed as well.
enum Schema {
    /// "mohp": tells a study from other SQLite files.
    static let applicationID = 0x6d6f_6870

    /// The version this program writes, and the highest it reads.
    static let version = 1

    /// The columns of `reports` and `starts` before those of metrics and parameters.
    static let reportColumns = [
        "sequence", "trial", "resource", "seconds", "layout", "more", "sum",
    ]
    static let startColumns = ["number", "bracket", "layout", "more"]

    static func create(in db: Database) throws {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
        try db.execute(sql: tables)
        try db.execute(sql: views)
    }

    private static let tables = """
        CREATE TABLE study (
          id INTEGER PRIMARY KEY, name TEXT, created TEXT, program TEXT, script TEXT, run TEXT,
          ordinal INTEGER, sum INTEGER);
        CREATE TABLE kept (
          id INTEGER PRIMARY KEY, events INTEGER, reports INTEGER, checkpoints INTEGER,
          sum INTEGER);
        CREATE TABLE columns (id INTEGER PRIMARY KEY, owner TEXT, name TEXT, kind TEXT, sum INTEGER);
        CREATE TABLE layouts (
          id INTEGER PRIMARY KEY, owner TEXT, number INTEGER, names TEXT, sum INTEGER);
        CREATE TABLE reports (
          sequence INTEGER PRIMARY KEY, trial INTEGER, resource INTEGER, seconds, layout INTEGER,
          more TEXT, sum INTEGER);
        CREATE TABLE events (
          number INTEGER PRIMARY KEY, code, trial INTEGER, time INTEGER, report INTEGER,
          detail TEXT, sum INTEGER,
          kind TEXT GENERATED ALWAYS AS (\(kindExpression)) VIRTUAL);
        CREATE TABLE starts (
          number INTEGER PRIMARY KEY, bracket INTEGER, layout INTEGER, more TEXT);
        CREATE TABLE checkpoints (
          trial INTEGER PRIMARY KEY, resource INTEGER, content BLOB, sum INTEGER);
        """

    private static var kindExpression: String {
        let cases = EventCode.allCases.map { "WHEN \($0.rawValue) THEN '\($0)'" }
        return "CASE code \(cases.joined(separator: " ")) ELSE code END"
    }

    private static let views = """
        CREATE VIEW decisions AS SELECT number, trial, time,
          detail ->> 0 AS rung, detail ->> 1 AS bracket, detail ->> 2 AS resource,
          detail ->> 3 AS verdict, detail ->> 4 AS rank, detail ->> 5 AS out_of,
          detail ->> 6 AS quota, detail -> 8 AS ahead
        FROM events WHERE code = \(EventCode.decided.rawValue);
        CREATE VIEW trials AS SELECT start.trial AS id, number, bracket,
          CASE last.code
            WHEN \(EventCode.ended.rawValue) THEN CASE
              WHEN last.detail -> 'failed' IS NOT NULL THEN 'failed'
              WHEN last.detail -> 'interrupted' IS NOT NULL THEN 'stopped'
              ELSE 'completed' END
            WHEN \(EventCode.decided.rawValue) THEN CASE last.detail ->> 3
              WHEN 'stop' THEN 'stopped' WHEN 'pause' THEN 'paused' ELSE 'running' END
            ELSE 'running' END AS state,
          coalesce(report.resource, 0) AS resource, coalesce(report.count, 0) AS reports,
          CASE last.code WHEN \(EventCode.ended.rawValue)
            THEN last.detail ->> '$.failed._0' END AS error
        FROM events AS start JOIN starts USING (number)
          LEFT JOIN (
            SELECT trial, code, detail, max(number) FROM events
            WHERE code IN (\(lives)) GROUP BY trial) AS last ON last.trial = start.trial
          LEFT JOIN (
            SELECT trial, max(resource) AS resource, count(*) AS count FROM reports
            GROUP BY trial) AS report ON report.trial = start.trial
        WHERE start.code = \(EventCode.started.rawValue);
        """

    /// The events that say what state a trial is in.
    private static var lives: String {
        [EventCode.started, .decided, .promoted, .ended].map { "\($0.rawValue)" }
            .joined(separator: ", ")
    }
}
