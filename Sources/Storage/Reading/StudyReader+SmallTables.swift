internal import Engine

/// The tables beside events and reports: what trials and reports keep, and what a study says of itself.
extension StudyReader {
    // MARK: Checkpoints

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

    /// All checkpoints that are intact, and whether those are all there were.
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

    // MARK: What reports keep

    /// What a report keeps; nil where that is nothing.
    static func artifact(
        _ key: Artifact.Key, on database: SQLiteConnection, path: String
    ) throws -> Artifact? {
        var rows = try CheckedRows<ArtifactColumn>(
            "WHERE trial = ? AND resource = ?", on: database)
        rows.bind(key.trial)
        rows.bind(key.resource)
        guard try rows.step() else { return nil }
        guard rows.isIntact(sum: .sum) else {
            throw StorageError.damaged(
                path: path, what: DamageLocation.artifact(of: key.trial, at: key.resource))
        }
        return Artifact(key, content: rows[.content].bytes { Array($0) })
    }

    /// The reports that keep something.
    static func artifactKeys(on database: SQLiteConnection) throws -> [Artifact.Key] {
        var rows = try SQLStatement("SELECT trial, resource FROM artifacts", on: database)
        var keys: [Artifact.Key] = []
        while try rows.step() {
            guard let trial = rows.integer(0), let resource = rows[1].resource else {
                throw RowError()
            }
            keys.append(Artifact.Key(trial: trial, resource: resource))
        }
        return keys
    }

    /// All that are intact, and whether that is all there were.
    ///
    /// - Parameter keepingContent: else the bytes are checked and not kept.
    func artifacts(keepingContent: Bool) -> ([Artifact], areIntact: Bool) {
        guard connection.format >= ArtifactColumn.firstFormat else { return ([], true) }
        var (artifacts, count): ([Artifact], Int) = ([], 0)
        do {
            var rows = try CheckedRows<ArtifactColumn>("ORDER BY rowid", on: connection)
            while try rows.step() {
                guard rows.isIntact(sum: .sum), let trial = rows[.trial].integer,
                    let resource = rows[.resource].resource
                else { continue }
                count += 1
                guard keepingContent else { continue }
                let key = Artifact.Key(trial: trial, resource: resource)
                artifacts.append(Artifact(key, content: rows[.content].bytes { Array($0) }))
            }
        } catch { return (artifacts, false) }
        return (artifacts, count == ends.artifacts)
    }

    // MARK: What the file says about the study

    /// What a file says about its study.
    ///
    /// - Throws: `StorageError`.
    static func metadata(at path: String) throws -> StudyMetadata {
        try intactMetadata(on: ReadConnection(StudyPlace.followed(path)))
    }

    /// - Throws: `StorageError` when it is not intact.
    static func intactMetadata(on connection: ReadConnection) throws -> StudyMetadata {
        guard let metadata = metadata(on: connection) else {
            throw StorageError.damaged(path: connection.path, what: DamageLocation.metadata)
        }
        return metadata
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
