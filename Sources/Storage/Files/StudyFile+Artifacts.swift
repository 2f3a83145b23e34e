public import Engine

extension StudyFile {
    /// The reports of a study that keep something, in the order in which they were given it.
    ///
    /// - Throws: `StorageError`.
    public static func artifactKeys(at path: String) throws -> [Artifact.Key] {
        let path = try StudyPlace.followed(path)
        let connection = try ReadConnection(path)
        guard connection.format >= ArtifactColumn.firstFormat else { return [] }
        do {
            return try StudyReader.artifactKeys(on: connection.database)
        } catch {
            throw StorageError.unreadable(path: path, reason: "\(error)")
        }
    }
}
