internal import Engine

/// What trials and reports keep, as bytes.
extension StudyWriter {
    mutating func write(_ checkpoint: Checkpoint, on connection: SQLiteConnection) throws {
        try remove(checkpointOf: checkpoint.trial, on: connection)
        var sum = RowChecksum()
        var row = RowInsertion<CheckpointColumn>(
            try SQLStatement(kept: CheckpointColumn.insertion(), on: connection))
        row.set(.trial, to: checkpoint.trial, &sum)
        row.set(.resource, to: checkpoint.resource, &sum)
        row.set(.content, to: checkpoint.content, &sum)
        row.reserve(.sum)
        try row.write(sum: sum.close(), at: .sum)
        ends.checkpoints += 1
    }

    mutating func remove(checkpointOf trial: Int, on connection: SQLiteConnection) throws {
        var deletion = try SQLStatement(
            kept: "DELETE FROM checkpoints WHERE trial = ?", on: connection)
        deletion.bind(trial)
        try deletion.run()
        ends.checkpoints -= connection.changes
    }

    mutating func write(_ artifact: Artifact, on connection: SQLiteConnection) throws {
        try remove(artifact.key, on: connection)
        var sum = RowChecksum()
        var row = RowInsertion<ArtifactColumn>(
            try SQLStatement(kept: ArtifactColumn.insertion(), on: connection))
        row.set(.trial, to: artifact.key.trial, &sum)
        row.set(.resource, to: artifact.key.resource, &sum)
        row.set(.content, to: artifact.content, &sum)
        row.reserve(.sum)
        try row.write(sum: sum.close(), at: .sum)
        ends.artifacts += 1
    }

    mutating func remove(_ key: Artifact.Key, on connection: SQLiteConnection) throws {
        var deletion = try SQLStatement(
            kept: "DELETE FROM artifacts WHERE trial = ? AND resource = ?", on: connection)
        deletion.bind(key.trial)
        deletion.bind(key.resource)
        try deletion.run()
        ends.artifacts -= connection.changes
    }
}
