/// `SELECT mohpo.use('mnist')`: from then on the session has temporary views of one study, which are
/// called, and have columns, as the tables of a SQLite study. Each metric and each parameter is a column
/// there.
///
/// What cannot be a column, because its name is taken or too long, is in `metrics` or `configuration`.
enum StudyViews {
    static var statements: String { values + columns + use }

    /// Values in the format of events, as SQL has them.
    private static let values = #"""
        CREATE FUNCTION mohpo.kind(value json) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
          SELECT CASE json_typeof(value)
            WHEN 'object' THEN CASE WHEN value -> 'real' IS NULL THEN 'other' ELSE 'number' END
            ELSE json_typeof(value) END $$;
        CREATE FUNCTION mohpo.number(value json) RETURNS double precision
          LANGUAGE sql IMMUTABLE STRICT AS $$
          SELECT CASE json_typeof(value)
            WHEN 'number' THEN (value #>> '{}')::double precision
            WHEN 'object' THEN (value ->> 'real')::double precision END $$;
        CREATE FUNCTION mohpo.parameter(configuration json, path text) RETURNS json
          LANGUAGE sql IMMUTABLE STRICT AS $$
          SELECT configuration -> place::integer
          FROM json_array_elements(configuration) WITH ORDINALITY AS item(value, place)
          WHERE place % 2 = 1 AND value #>> '{}' = path LIMIT 1 $$;

        """#

    /// The columns of names, each with the kind of all its values, as a list for SELECT.
    ///
    /// - value: `metrics -> %L`, say, which gives the value of a name.
    private static let columns = #"""
        CREATE FUNCTION mohpo.columns(names text[], kinds text[], value text, taken text[])
          RETURNS text LANGUAGE sql IMMUTABLE AS $$
          SELECT coalesce(string_agg(
            CASE kind WHEN 'number' THEN format('mohpo.number(' || value || ') AS %I', name, name)
              WHEN 'boolean' THEN
                format('(' || value || ' #>> ''{}'')::boolean::integer AS %I', name, name)
              ELSE format(value || ' #>> ''{}'' AS %I', name, name) END || ', ', '' ORDER BY place), '')
          FROM (
            SELECT name, CASE WHEN count(DISTINCT kind) = 1 THEN min(kind)
              WHEN bool_or(kind = 'number') THEN 'number' ELSE 'other' END AS kind,
              min(place) AS place
            FROM unnest(names, kinds) WITH ORDINALITY AS item(name, kind, place)
            WHERE octet_length(name) BETWEEN 1 AND 63 AND name <> ALL (taken)
            GROUP BY name ORDER BY min(place) LIMIT 100) AS item $$;

        """#

    private static let use = #"""
        CREATE FUNCTION mohpo.use(wanted text) RETURNS bigint LANGUAGE plpgsql
          SET client_min_messages = warning AS $$
        DECLARE
          chosen bigint;
          metrics text;
          parameters text;
          called text;
        BEGIN
          SELECT id INTO chosen FROM mohpo.study
          WHERE CASE WHEN wanted ~ '^[0-9]+$' THEN id::text = wanted ELSE name = wanted END
          ORDER BY id DESC LIMIT 1;
          IF chosen IS NULL THEN
            RAISE EXCEPTION '%: expected a study, there is none', wanted;
          END IF;
          SELECT mohpo.columns(
            array_agg(key ORDER BY key), array_agg(kind ORDER BY key), 'metrics -> %L',
            ARRAY['sequence', 'trial', 'attempt', 'resource', 'feasible', 'seconds', 'metrics'])
          INTO metrics FROM (
            SELECT DISTINCT key, mohpo.kind(value) AS kind
            FROM mohpo.reports, json_each(reports.metrics) WHERE study = chosen) AS item;
          SELECT mohpo.columns(
            array_agg(path ORDER BY place), array_agg(kind ORDER BY place),
            'mohpo.parameter(configuration, %L)',
            ARRAY['number', 'bracket', 'configuration', 'id', 'state', 'resource', 'reports', 'error'])
          INTO parameters FROM (
            SELECT path #>> '{}' AS path, mohpo.kind(configuration -> place::integer) AS kind,
              min(place) AS place
            FROM mohpo.starts, json_array_elements(configuration) WITH ORDINALITY AS item(path, place)
            WHERE study = chosen AND place % 2 = 1 GROUP BY 1, 2) AS item;
          FOREACH called IN ARRAY ARRAY['study', 'reports', 'starts', 'events', 'history',
            'decisions', 'trials', 'checkpoints', 'artifacts'] LOOP
            EXECUTE format('DROP VIEW IF EXISTS pg_temp.%I', called);
          END LOOP;
          EXECUTE format('CREATE TEMPORARY VIEW study AS SELECT name, created, program, script, run,
            ordinal, id FROM mohpo.study WHERE id = %s', chosen);
          EXECUTE format('CREATE TEMPORARY VIEW reports AS SELECT sequence, trial, attempt, resource,
            feasible, seconds, %smetrics FROM mohpo.reports WHERE study = %s', metrics, chosen);
          EXECUTE format('CREATE TEMPORARY VIEW starts AS SELECT number, bracket, %sconfiguration
            FROM mohpo.starts WHERE study = %s', parameters, chosen);
          EXECUTE format('CREATE TEMPORARY VIEW events AS SELECT number, kind, trial, time, report,
            detail FROM mohpo.events WHERE study = %s', chosen);
          EXECUTE format('CREATE TEMPORARY VIEW history AS SELECT number, kind, trial, time, report,
            detail FROM mohpo.history WHERE study = %s', chosen);
          EXECUTE format('CREATE TEMPORARY VIEW decisions AS SELECT number, trial, time, rung,
            bracket, resource, verdict, rank, out_of, quota, ahead
            FROM mohpo.decisions WHERE study = %s', chosen);
          EXECUTE format('CREATE TEMPORARY VIEW trials AS SELECT id, number, bracket, state,
            resource, reports, error FROM mohpo.trials WHERE study = %s', chosen);
          EXECUTE format('CREATE TEMPORARY VIEW checkpoints AS SELECT trial, resource, content
            FROM mohpo.checkpoints WHERE study = %s', chosen);
          EXECUTE format('CREATE TEMPORARY VIEW artifacts AS SELECT trial, resource, content
            FROM mohpo.artifacts WHERE study = %s', chosen);
          RETURN chosen;
        END $$;

        """#
}
