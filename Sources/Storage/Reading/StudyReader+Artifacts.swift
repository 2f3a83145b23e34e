internal import Engine

/// What reports keep.
extension StudyReader {
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
}
