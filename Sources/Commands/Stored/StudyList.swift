internal import Engine
internal import Platform
internal import PostgresStorage
internal import Results
internal import Storage

/// The studies of a folder, or of a database.
struct StudyList {
    /// One row for every study, the newest first; nil when there is none.
    let table: String?
    /// What looks like a study and cannot be read, a line each.
    let failures: [String]

    /// Looks into a folder, or a database (`postgres://…`).
    ///
    /// - Throws: `StudyFailure` when it is none.
    init(_ folder: String) throws {
        if case .server(let address) = StudyLocation(toRead: folder) {
            do {
                table = StudyListing(try PostgresCatalog(ServerAddress(address)).list()).table
            } catch let error as ServerError { throw StudyFailure("\(error)") }
            failures = []
            return
        }
        guard let directory = opendir(folder) else {
            let reason = String(cString: strerror(errno)).lowercased()
            throw StudyFailure("\(folder): expected a folder of studies: \(reason)")
        }
        closedir(directory)
        var failures: [String] = []
        let entries = FolderCatalog(folder).list { error in
            switch error {
            // A folder may hold other databases, and a file may be removed during the search.
            case StorageError.notAStudy, StorageError.missing: break
            default: failures.append("\(error)")
            }
        }
        self.failures = failures
        table = StudyListing(entries).table
    }
}
