internal import Platform

/// What stands at a study's path, before SQLite is asked.
enum StudyPlace {
    /// Makes a file where none is, and the folders above it. Whenever the program is killed, there
    /// is no such file or a complete one: it is made under another name first.
    ///
    /// - Parameter fill: gets the path of an empty file.
    /// - Throws: `StorageError`, and what `fill` throws.
    static func makeFile(at path: String, fill: (String) throws -> Void) throws {
        do {
            try Folders.makeAbove(path)
            try AtomicFile.create(at: path, fill: fill)
        } catch FileError.system(EEXIST) {
            throw StorageError.exists(path: path)
        } catch let error as FileError {
            throw StorageError.unwritable(path: path, reason: "\(error)")
        }
    }

    /// Refuses what cannot be a study, and, where files are confined, a link.
    ///
    /// - Throws: `StorageError`.
    static func checkFile(at path: String) throws {
        let place: FilePlace
        do {
            place = try FilePlace(path)
            try place.checkIsNoLink()
        } catch FileError.system(let number) where number == ENOENT || number == ENOTDIR {
            throw StorageError.missing(path: path)
        } catch {
            throw StorageError.unreadable(path: path, reason: "\(error)")
        }
        guard let status = place.status else {
            if errno == ENOENT || errno == ENOTDIR { throw StorageError.missing(path: path) }
            throw StorageError.unreadable(path: path, reason: reason(errno))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw StorageError.notAStudy(path: path, got: "a folder")
        // To open one would wait for a writer.
        case S_IFIFO: throw StorageError.notAStudy(path: path, got: "a named pipe")
        default: throw StorageError.notAStudy(path: path, got: "no regular file")
        }
    }

    /// Whether two names are those of one file.
    static func areSame(_ one: String, _ other: String) -> Bool {
        var (here, there) = (stat(), stat())
        return stat(one, &here) == 0 && stat(other, &there) == 0
            && here.st_ino == there.st_ino && here.st_dev == there.st_dev
    }

    static func reason(_ number: Int32) -> String { "\(FileError.system(number))" }
}
