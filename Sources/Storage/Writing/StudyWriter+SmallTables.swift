internal import Engine

/// The tables beside events and reports: what a study says of itself, its columns, and what trials and
/// reports keep.
extension StudyWriter {
    func write(_ metadata: StudyMetadata, on connection: SQLiteConnection) throws {
        var sum = RowChecksum()
        var row = RowInsertion<MetadataColumn>(
            try SQLStatement(kept: MetadataColumn.insertion(), on: connection))
        row.set(.id, to: 1 as Int?, &sum)
        row.set(.name, to: metadata.name, &sum)
        row.set(.created, to: metadata.created, &sum)
        row.set(.program, to: metadata.program, &sum)
        row.set(.script, to: metadata.script, &sum)
        row.set(.run, to: metadata.run, &sum)
        row.set(.ordinal, to: metadata.ordinal, &sum)
        row.reserve(.sum)
        try row.write(sum: sum.close(), at: .sum)
    }

    /// Says how many rows there are now. The last thing of every transaction.
    func writeCounts(on connection: SQLiteConnection) throws {
        var sum = RowChecksum()
        var row = RowInsertion<RowCountColumn>(
            try SQLStatement(kept: Self.countReplacement, on: connection))
        row.set(.id, to: 1 as Int?, &sum)
        row.set(.events, to: ends.events, &sum)
        row.set(.reports, to: ends.reports, &sum)
        row.set(.checkpoints, to: ends.checkpoints, &sum)
        row.set(.artifacts, to: ends.artifacts, &sum)
        row.reserve(.sum)
        try row.write(sum: sum.close(), at: .sum)
    }

    /// Makes sure that names have a layout and, where they can, columns.
    static func prepare(
        _ table: inout DynamicColumns, _ names: [Name], on connection: SQLiteConnection,
        kind: (Int) -> DynamicColumns.Kind
    ) throws {
        guard table.layout(of: names) == nil else { return }
        for (index, name) in names.enumerated()
        where table.place(of: name) == nil && table.canHaveColumn(name) {
            table.addColumn(name, kind(index))
            try connection.run(table.addition(of: name))
            try write(name, kind(index), of: table, on: connection)
        }
        var sum = RowChecksum()
        var row = RowInsertion<LayoutColumn>(
            try SQLStatement(kept: LayoutColumn.insertion(), on: connection))
        row.set(.id, to: nil as Int?, &sum)
        row.set(.owner, to: table.owner, &sum)
        row.set(.number, to: table.layouts.count, &sum)
        row.set(.names, to: JSON.array(names.map { .text($0.text) }).written, &sum)
        row.reserve(.sum)
        try row.write(sum: sum.close(), at: .sum)
        table.addLayout(names)
    }

    private static func write(
        _ name: Name, _ kind: DynamicColumns.Kind, of table: DynamicColumns,
        on connection: SQLiteConnection
    ) throws {
        var sum = RowChecksum()
        var row = RowInsertion<NameColumn>(
            try SQLStatement(kept: NameColumn.insertion(), on: connection))
        row.set(.id, to: nil as Int?, &sum)
        row.set(.owner, to: table.owner, &sum)
        row.set(.name, to: name.text, &sum)
        row.set(.kind, to: kind.rawValue, &sum)
        row.reserve(.sum)
        try row.write(sum: sum.close(), at: .sum)
    }

    // MARK: What trials and reports keep

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
