internal import Engine

/// Tables of which a file has a row or a few.
extension StudyReader {
    /// A trial's checkpoint; nil when there is none.
    static func checkpoint(
        of trial: Int, on database: SQLiteConnection, path: String
    ) throws -> Checkpoint? {
        var rows = try CheckedRows<CheckpointColumn>("WHERE trial = ?", on: database)
        rows.bind(trial)
        guard try rows.step() else { return nil }
        guard let checkpoint = checkpoint(rows) else {
            throw StorageError.damaged(path: path, what: "checkpoint of trial \(trial)")
        }
        return checkpoint
    }

    /// By trial, the resources of all checkpoints, without reading what they hold.
    static func checkpointResources(on database: SQLiteConnection) throws -> [Int: Resource] {
        var rows = try SQLStatement("SELECT trial, resource FROM checkpoints", on: database)
        var resources: [Int: Resource] = [:]
        while try rows.step() {
            if let trial = rows.integer(0) { resources[trial] = rows[1].resource }
        }
        return resources
    }

    /// All checkpoints that are as they were written, and whether those are all there were.
    func checkpoints() -> ([Checkpoint], areIntact: Bool) {
        var checkpoints: [Checkpoint] = []
        do {
            var rows = try CheckedRows<CheckpointColumn>("ORDER BY rowid", on: connection)
            while try rows.step() {
                guard let checkpoint = Self.checkpoint(rows) else { continue }
                checkpoints.append(checkpoint)
            }
        } catch { return (checkpoints, false) }
        return (checkpoints, checkpoints.count == ends.checkpoints)
    }

    private static func checkpoint(
        _ rows: borrowing CheckedRows<CheckpointColumn>
    ) -> Checkpoint? {
        guard rows.isIntact(sum: .sum), let trial = rows[.trial].integer,
            let resource = rows[.resource].resource
        else { return nil }
        return Checkpoint(
            trial: trial, resource: resource, content: rows[.content].bytes { Array($0) })
    }

    /// What the file says about the study; nil when that is not intact.
    static func metadata(on connection: ReadConnection) -> StudyMetadata? {
        guard var rows = try? CheckedRows<MetadataColumn>(on: connection),
            (try? rows.step()) == true, rows.isIntact(sum: .sum),
            let ordinal = rows[.ordinal].integer
        else { return nil }
        return StudyMetadata(
            name: rows[.name].text ?? "", created: rows[.created].text ?? "",
            program: rows[.program].text ?? "", script: rows[.script].text ?? "",
            run: rows[.run].text ?? "", ordinal: ordinal)
    }
}
