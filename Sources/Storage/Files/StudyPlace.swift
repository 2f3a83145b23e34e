internal import Platform

/// What stands at a study's path, before SQLite is asked.
enum StudyPlace {
    /// Makes a file where none is, and the folders above it. Whenever the program is killed, there
    /// is no such file or a whole one: it is made under another name first.
    ///
    /// - Parameter fill: gets the path of an empty file.
    /// - Throws: `StorageError`, and what `fill` throws.
    static func makeFile(at path: String, fill: (String) throws -> Void) throws {
        try makeFolders(above: path)
        guard access(path, F_OK) != 0 else { throw StorageError.exists(path: path) }
        let draft = "\(path).\(getpid())-\(UInt32.random(in: .min ... .max)).new"
        let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw StorageError.unwritable(path: path, reason: reason(errno))
        }
        close(descriptor)
        defer { unlink(draft) }
        try fill(draft)
        guard link(draft, path) != 0 else { return }
        switch errno {
        case EEXIST: throw StorageError.exists(path: path)
        // Not every file system has links. The moment between the two is the price.
        case EPERM, ENOTSUP, ENOSYS:
            guard access(path, F_OK) != 0 else { throw StorageError.exists(path: path) }
            if rename(draft, path) == 0 { return }
            throw StorageError.unwritable(path: path, reason: reason(errno))
        default: throw StorageError.unwritable(path: path, reason: reason(errno))
        }
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

    /// Whether two names are those of one file.
    static func areSame(_ one: String, _ other: String) -> Bool {
        var (here, there) = (stat(), stat())
        return stat(one, &here) == 0 && stat(other, &there) == 0
            && here.st_ino == there.st_ino && here.st_dev == there.st_dev
    }

    /// Makes the folders above a path that are not there.
    private static func makeFolders(above path: String) throws {
        if let failure = folderFailure(above: path) {
            throw StorageError.unwritable(path: path, reason: reason(failure))
        }
    }

    /// - Returns: why a folder is still missing, as `errno` says it; nil when none is.
    private static func folderFailure(above path: String) -> Int32? {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
        let folder = String(path[..<slash])
        if access(folder, F_OK) == 0 || mkdir(folder, 0o777) == 0 || errno == EEXIST { return nil }
        guard errno == ENOENT else { return errno }
        if let failure = folderFailure(above: folder) { return failure }
        return mkdir(folder, 0o777) == 0 || errno == EEXIST ? nil : errno
    }

    static func reason(_ number: Int32) -> String { String(cString: strerror(number)).lowercased() }
}
