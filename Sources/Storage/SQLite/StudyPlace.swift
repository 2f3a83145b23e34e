internal import SystemC

/// What stands at a study's path, before SQLite is asked.
enum StudyPlace {
    /// Makes an empty file where none is, and the folders above it.
    ///
    /// - Throws: `StorageError`.
    static func makeFile(at path: String) throws {
        makeFolders(above: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw StorageError.exists(path: path) }
            throw StorageError.unwritable(path: path, reason: reason(errno))
        }
        close(descriptor)
    }

    /// Refuses what cannot be a study.
    ///
    /// - Throws: `StorageError`.
    static func checkFile(at path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw StorageError.missing(path: path) }
            throw StorageError.unreadable(path: path, reason: reason(errno))
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw StorageError.notAStudy(path: path, got: "a folder")
        }
    }

    /// Makes what it can; what is missing then shows when the file is made.
    private static func makeFolders(above path: String) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o777) == 0 || errno == EEXIST { return }
        makeFolders(above: folder)
        _ = mkdir(folder, 0o777)
    }

    static func reason(_ number: Int32) -> String { String(cString: strerror(number)).lowercased() }
}
