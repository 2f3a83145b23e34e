internal import CAffinity

/// A folder that is open: what is opened relative to it is there, whatever becomes of its path.
package final class OpenFolder: Sendable {
    /// Valid as long as the folder is referenced.
    package let descriptor: Int32

    /// Opens a folder by its path, and follows links.
    ///
    /// - Throws: `FileError`.
    package convenience init(_ path: String) throws {
        try self.init(Self.open(AT_FDCWD, path, flags: 0))
    }

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Opens a folder in this one, if it is no link.
    ///
    /// - Throws: `FileError.link`, `.system`.
    package func folder(_ name: String) throws -> OpenFolder {
        do { return OpenFolder(try Self.open(descriptor, name, flags: O_NOFOLLOW)) } catch {
            // For a link some systems say that it is no folder.
            throw isLink(name) ? .link(name: name) : error
        }
    }

    private static func open(_ base: Int32, _ path: String, flags: Int32) throws(FileError)
        -> Int32
    {
        let descriptor = openat(
            base, path, ca_open_for_search | O_DIRECTORY | O_CLOEXEC | flags)
        guard descriptor >= 0 else { throw .last }
        return descriptor
    }

    /// Opens a file in this folder, if it is no link; a pipe is not waited for.
    ///
    /// - Parameter flags: as for `open`.
    /// - Throws: `FileError`.
    package func file(_ name: String, _ flags: Int32, mode: mode_t = 0o666) throws -> OpenFile {
        let descriptor = openat(
            self.descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode)
        guard descriptor >= 0 else {
            let error = FileError.last
            throw isLink(name) ? .link(name: name) : error
        }
        return OpenFile(descriptor)
    }

    /// Whether that name in this folder is a link, wherever it leads.
    package func isLink(_ name: String) -> Bool {
        status(of: name).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
    }

    /// What has that name in this folder; a link is not followed. Nil where nothing has.
    package func status(of name: String) -> stat? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return status
    }
}
