internal import Engine
internal import Platform

/// Which file a user means by the name of a study.
package enum StudyPath {
    /// That there is no such study, in one line.
    package struct NotFound: Error, CustomStringConvertible {
        /// The line.
        package let description: String
    }

    /// The file that a name means: a path; or the name of studies in `folder`, of which the newest is
    /// taken; or the name of a file there, with or without its ending. A folder is none, so that a
    /// study can be called as one is.
    ///
    /// - Returns: the path, and which study the name means where it could be another.
    /// - Throws: ``NotFound``.
    package static func find(
        _ name: String, in folder: String
    ) throws -> (path: String, notice: String?) {
        guard !name.isEmpty else {
            throw NotFound(description: "expected a path or a name, got an empty text")
        }
        let location = StudyLocation(toRead: name)
        if case .server = location {
            throw NotFound(description: "expected a path or a name, got a PostgreSQL server")
        }
        if isFile(name) { return (name, nil) }
        let ending = PathText.hasSuffix(name, ".db") ? "" : ".db"
        let file = PathText.fileName(name, otherwise: "study")
        let stored = "\(folder)/\(file)\(ending)"
        if case .name = location {
            let studies = FolderCatalog(folder).studies(named: name)
            if let newest = studies.first?.path {
                guard studies.count > 1 || newest != stored else { return (newest, nil) }
                let choice = studies.count > 1 ? ", the newest of \(studies.count)" : ""
                return (newest, "\(name) is \(newest)\(choice)")
            }
            if isFile(stored) { return (stored, nil) }
        }
        var status = stat()
        if stat(name, &status) == 0 { return (name, nil) }
        throw NotFound(
            description: name.utf8.contains(UInt8(ascii: "/"))
                ? "\(name): expected a study, there is no such file"
                : "\(name): expected a study, there is neither such a file nor \(stored)")
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }
}
