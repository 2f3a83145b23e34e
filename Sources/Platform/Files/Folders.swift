/// Folders that are made.
package enum Folders {
    /// Makes a folder and those above it, where they are not there yet.
    ///
    /// - Throws: `FileError`.
    package static func make(_ path: String, mode: mode_t = 0o777) throws {
        if Confinement.current != nil {
            let place = try FilePlace(path, makesFolders: true)
            if mkdirat(place.folder.descriptor, place.name, mode) != 0, errno != EEXIST {
                throw FileError.last
            }
            _ = try place.folder.folder(place.name)
            return
        }
        // A folder that is there may lie in one that says nothing.
        if access(path, F_OK) == 0 || mkdir(path, mode) == 0 || errno == EEXIST { return }
        let above = PathText.split(path).folder
        guard errno == ENOENT, !PathText.isSame(above, path), !PathText.isSame(above, ".") else {
            throw FileError.last
        }
        try make(above, mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError.last }
    }

    /// Makes the folders above a path, where they are not there yet.
    ///
    /// - Throws: `FileError`.
    package static func makeAbove(_ path: String, mode: mode_t = 0o777) throws {
        let folder = PathText.split(path).folder
        if PathText.isSame(folder, ".") || PathText.isSame(folder, "/") { return }
        try make(folder, mode: mode)
    }

    /// Makes a folder of a name that is not taken, starting with `prefix`.
    ///
    /// - Throws: `FileError`.
    package static func makeTemporary(prefix: String) throws -> String {
        let name = (prefix + "XXXXXX").withCString { template -> String? in
            guard let copy = strdup(template) else { return nil }
            defer { free(copy) }
            return mkdtemp(copy).map { String(cString: $0) }
        }
        guard let name else { throw FileError.last }
        return name
    }
    /// Makes a folder for temporary files that only this user can read: below `TMPDIR`, or, where
    /// that is not set or cannot be written, in the first usable folder that the system has for them.
    ///
    /// - Throws: `FileError` where no folder can be written.
    package static func makeTemporary() throws -> String {
        let named = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        var failure = FileError.system(ENOENT)
        for folder in [named, "/tmp", "/var/tmp", "/dev/shm"].compactMap({ $0 }) {
            do { return try makeTemporary(prefix: folder + "/mohpo-lua-") } catch {
                failure = error as? FileError ?? failure
            }
        }
        throw failure
    }
}

extension Folders {
    /// Removes a folder with all that is in it, as far as that is possible. Links are not followed.
    package static func remove(_ path: String) {
        if let entries = opendir(path) {
            defer { closedir(entries) }
            while let entry = readdir(entries) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name != ".", name != ".." else { continue }
                let inner = "\(path)/\(name)"
                var status = stat()
                guard lstat(inner, &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unlink(inner) }
            }
        }
        rmdir(path)
    }
}
