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
        case S_IFREG: try checkFiles(beside: path)
        case S_IFDIR: throw StorageError.notAStudy(path: path, got: "a folder")
        // To open one would wait for a writer.
        case S_IFIFO: throw StorageError.notAStudy(path: path, got: "a named pipe")
        default: throw StorageError.notAStudy(path: path, got: "no regular file")
        }
    }

    /// Refuses what is no file in the place of SQLite's journal or log, which a reader opens as well: to open
    /// a named pipe would wait for a writer.
    ///
    /// - Throws: `StorageError.unreadable`.
    static func checkFiles(beside path: String) throws {
        for ending in ["-journal", "-wal"] {
            guard let status = (try? FilePlace(path + ending))?.status else { continue }
            let kind: String
            switch status.st_mode & S_IFMT {
            // A log that is one is none.
            case S_IFIFO where ending == "-journal": kind = "a named pipe"
            case S_IFDIR: kind = "a folder"
            default: continue
            }
            throw StorageError.unreadable(path: path, reason: "\(path)\(ending) is \(kind)")
        }
    }

    /// The path of the file that a link leads to, so that the log and the lock are those beside it;
    /// the path itself where it is no link. Links to folders stay.
    ///
    /// - Throws: `StorageError` for links that lead in a circle.
    static func followed(_ path: String) throws -> String {
        // A link is refused there.
        guard Confinement.current == nil else { return path }
        var here = path
        for _ in 0..<40 {
            guard let target = target(of: here) else { return here }
            let isAbsolute = PathText.hasPrefix(target, "/")
            let folder = PathText.split(here).folder
            here = isAbsolute || PathText.isSame(folder, ".") ? target : folder + "/" + target
        }
        throw StorageError.unreadable(path: path, reason: reason(ELOOP))
    }

    /// Whether a link is there.
    static func isLink(_ path: String) -> Bool { target(of: path) != nil }

    /// What a link holds; nil for what is none.
    private static func target(of path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func reason(_ number: Int32) -> String { "\(FileError.system(number))" }
}
