public import Engine

extension StudyFile {
    /// What a study is, without reading all of it.
    ///
    /// - Throws: `StorageError`.
    public static func entry(at path: String) throws -> StudyEntry {
        let path = try StudyPlace.followed(path)
        // Asked first: a writer that ends meanwhile has not left the study.
        let isHeld = StudyLock.isHeld(forStudyAt: path)
        let connection = try ReadConnection(path)
        let metadata = try StudyReader.intactMetadata(on: connection)
        let last = try code(
            "SELECT code FROM events ORDER BY number DESC LIMIT 1", connection)
        let turn = try code(
            """
            SELECT code FROM (SELECT code FROM events ORDER BY number DESC LIMIT 10000)
            WHERE code IN (\(EventCode.interrupted.rawValue), \(EventCode.resumed.rawValue)) LIMIT 1
            """, connection)
        let state: StudyEntry.State =
            isHeld
            ? .running
            : turn == EventCode.interrupted.rawValue
                ? .interrupted : last == EventCode.finished.rawValue ? .finished : .abandoned
        return StudyEntry(
            address: path, metadata: metadata, state: state,
            trials: try code("SELECT count(*) FROM starts", connection),
            reports: try code("SELECT max(sequence) FROM reports", connection))
    }

    private static func code(_ sql: String, _ connection: ReadConnection) throws -> Int {
        do { return try connection.database.integer(sql) ?? 0 } catch let error as SQLError {
            throw StorageError.damaged(path: connection.path, what: "\(error)")
        }
    }
}
