internal import Engine

/// What trials and reports keep, as rows of `mohpo.checkpoints` and `mohpo.artifacts`.
enum ContentRows {
    /// A trial's checkpoint; nil where it has none.
    static func checkpoint(
        of trial: Int, in study: Int, on connection: ServerConnection
    ) throws -> Checkpoint? {
        let found = try connection.run(
            "SELECT resource::text, content FROM mohpo.checkpoints WHERE study = $1 AND trial = $2",
            [.integer(study), .integer(trial)], isBinary: true)
        guard let row = found.first, let resource = row.resource(0) else { return nil }
        return Checkpoint(
            trial: trial, resource: resource, content: row.bytes(1) { Array($0) } ?? [])
    }

    /// Keeps a checkpoint in place of the trial's one before.
    static func save(
        _ checkpoint: Checkpoint, of study: Int, in batch: inout StatementBatch
    ) {
        batch.add(
            """
            INSERT INTO mohpo.checkpoints (study, trial, resource, content) VALUES ($1, $2, $3, $4)
            ON CONFLICT (study, trial)
              DO UPDATE SET resource = excluded.resource, content = excluded.content
            """,
            [
                .integer(study), .integer(checkpoint.trial), .resource(checkpoint.resource),
                .bytes(checkpoint.content),
            ])
    }

    /// Removes the checkpoints of trials.
    static func removeCheckpoints(
        of trials: Set<Int>, study: Int, in batch: inout StatementBatch
    ) {
        guard !trials.isEmpty else { return }
        batch.add(
            "DELETE FROM mohpo.checkpoints WHERE study = $1 AND trial = ANY ($2::bigint[])",
            [.integer(study), .integers(trials.sorted())])
    }

    /// What a report keeps; nil where that is nothing.
    static func artifact(
        _ key: Artifact.Key, in study: Int, on connection: ServerConnection
    ) throws -> Artifact? {
        let found = try connection.run(
            """
            SELECT content FROM mohpo.artifacts WHERE study = $1 AND trial = $2 AND resource = $3
            """, [.integer(study), .integer(key.trial), .resource(key.resource)], isBinary: true)
        return found.first.map { Artifact(key, content: $0.bytes(0) { Array($0) } ?? []) }
    }

    /// The reports that keep something.
    static func artifactKeys(
        in study: Int, on connection: ServerConnection
    ) throws -> [Artifact.Key] {
        let found = try connection.run(
            "SELECT trial, resource FROM mohpo.artifacts WHERE study = $1", [.integer(study)])
        return found.rows.compactMap { row in
            guard let trial = row.integer(0), let resource = row.resource(1) else { return nil }
            return Artifact.Key(trial: trial, resource: resource)
        }
    }

    /// Keeps what a report keeps, in place of what it kept before.
    static func keep(
        _ artifact: Artifact, of study: Int, in batch: inout StatementBatch
    ) {
        batch.add(
            """
            INSERT INTO mohpo.artifacts (study, trial, resource, content) VALUES ($1, $2, $3, $4)
            ON CONFLICT (study, trial, resource) DO UPDATE SET content = excluded.content
            """,
            [
                .integer(study), .integer(artifact.key.trial), .resource(artifact.key.resource),
                .bytes(artifact.content),
            ])
    }

    /// Removes what reports keep.
    static func drop(
        _ keys: Set<Artifact.Key>, of study: Int, in batch: inout StatementBatch
    ) {
        guard !keys.isEmpty else { return }
        let keys = Array(keys)
        batch.add(
            """
            DELETE FROM mohpo.artifacts AS artifact
            USING unnest($2::bigint[], $3::double precision[]) AS dropped(trial, resource)
            WHERE artifact.study = $1 AND artifact.trial = dropped.trial
              AND artifact.resource = dropped.resource
            """, [.integer(study), .integers(keys.map(\.trial)), .resources(keys.map(\.resource))])
    }
}
