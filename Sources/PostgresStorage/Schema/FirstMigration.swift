/// The tables of version 1. Tables and columns that people query are called as in a SQLite study; here
/// each also has the study's number.
///
/// `metrics`, `detail` and `configuration` have the format of events: a real is `{"real": 0.5}`, as
/// `json` keeps every byte of it and `jsonb` would not.
enum FirstMigration {
    static var statements: String { tables + SharedViews.statements + StudyViews.statements }

    private static let tables = """
        CREATE SCHEMA IF NOT EXISTS mohpo;
        CREATE TABLE mohpo.migrations (
          version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now());
        CREATE TABLE mohpo.study (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
          created text NOT NULL, program text NOT NULL, script text NOT NULL, run text NOT NULL,
          ordinal integer NOT NULL);
        CREATE INDEX study_names ON mohpo.study (name, id);
        CREATE TABLE mohpo.leases (
          study bigint PRIMARY KEY REFERENCES mohpo.study ON DELETE CASCADE,
          epoch bigint NOT NULL DEFAULT 0, holder text,
          until timestamptz NOT NULL DEFAULT '-infinity', writes bigint NOT NULL DEFAULT 0,
          events bigint NOT NULL DEFAULT 0, reports bigint NOT NULL DEFAULT 0)
          WITH (fillfactor = 50);
        CREATE TABLE mohpo.reports (
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE, sequence bigint NOT NULL,
          trial bigint NOT NULL, attempt bigint NOT NULL,
          resource double precision NOT NULL,
          feasible integer, seconds double precision NOT NULL, metrics json NOT NULL,
          PRIMARY KEY (study, sequence), UNIQUE (study, trial, attempt, resource));
        CREATE TABLE mohpo.events (
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE, number bigint NOT NULL,
          kind text NOT NULL, trial bigint, time bigint, report bigint, detail json,
          PRIMARY KEY (study, number));
        CREATE INDEX turns ON mohpo.events (study, number)
          WHERE kind IN ('interrupted', 'resumed');
        CREATE INDEX started ON mohpo.events (study, number) WHERE kind = 'started';
        CREATE TABLE mohpo.checkpoints (
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE, trial bigint NOT NULL,
          resource double precision NOT NULL, content bytea NOT NULL, PRIMARY KEY (study, trial));
        CREATE TABLE mohpo.artifacts (
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE, trial bigint NOT NULL,
          resource double precision NOT NULL, content bytea NOT NULL,
          PRIMARY KEY (study, trial, resource));

        """
}

/// The views of all studies.
enum SharedViews {
    static let statements = """
        CREATE VIEW mohpo.history AS SELECT * FROM mohpo.events AS event WHERE NOT EXISTS (
          SELECT FROM mohpo.events AS later WHERE later.study = event.study
            AND later.kind = 'resumed' AND later.number >= event.number
            AND (later.detail ->> 'from')::bigint <= event.number);
        CREATE VIEW mohpo.starts AS SELECT study, number,
          (detail ->> 'bracket')::integer AS bracket, detail -> 'configuration' AS configuration
        FROM mohpo.events WHERE kind = 'started';
        CREATE VIEW mohpo.decisions AS SELECT study, number, trial, time,
          (detail ->> 'rung')::double precision AS rung, (detail ->> 'bracket')::integer AS bracket,
          (detail ->> 'resource')::double precision AS resource, detail ->> 'verdict' AS verdict,
          (detail #>> '{standing,rank}')::bigint AS rank,
          (detail #>> '{standing,outOf}')::bigint AS out_of,
          (detail #>> '{standing,quota}')::bigint AS quota, detail #> '{standing,ahead}' AS ahead
        FROM mohpo.history WHERE kind = 'decided';
        CREATE VIEW mohpo.trials AS SELECT start.study, start.trial AS id, start.number,
          (start.detail ->> 'bracket')::integer AS bracket,
          CASE last.kind
            WHEN 'ended' THEN CASE last.detail ->> 'outcome'
              WHEN 'failed' THEN 'failed' WHEN 'interrupted' THEN 'stopped' ELSE 'completed' END
            WHEN 'decided' THEN CASE last.detail ->> 'verdict'
              WHEN 'stop' THEN 'stopped' WHEN 'pause' THEN 'paused' ELSE 'running' END
            ELSE 'running' END AS state,
          coalesce(report.resource, 0) AS resource, coalesce(report.count, 0) AS reports,
          CASE last.kind WHEN 'ended' THEN last.detail ->> 'error' END AS error
        FROM mohpo.history AS start
          LEFT JOIN (
            SELECT DISTINCT ON (study, trial) study, trial, kind, detail FROM mohpo.history
            WHERE kind IN ('started', 'decided', 'promoted', 'ended')
            ORDER BY study, trial, number DESC) AS last
            ON last.study = start.study AND last.trial = start.trial
          LEFT JOIN (
            SELECT study, trial, max(resource) AS resource, count(*) AS count
            FROM mohpo.reports GROUP BY study, trial) AS report
            ON report.study = start.study AND report.trial = start.trial
        WHERE start.kind = 'started';

        """
}
