internal import Platform

/// The socket of a server that clients ask, and the link beside the study that leads there.
package struct AskSocket: Sendable {
    /// The socket's path.
    let path: String
    /// A folder of the socket's own, which goes with it.
    private let folder: String?
    /// The link beside the study's file.
    private let link: String?

    /// Finds a place for a socket, and has a link lead there.
    ///
    /// - Parameters:
    ///   - path: where the user wants it; nil: in a folder that only this user can enter.
    ///   - study: the study's file; nil for one that is kept nowhere.
    /// - Throws: `FileError`, also where something that listens, or is no socket, is there.
    init(at path: String?, study: String?) throws {
        if let path {
            try Self.removeAbandoned(path)
            (self.path, folder) = (path, nil)
        } else {
            let made = try SocketFolder.make()
            try Watchdog.shared.removes(made)
            (self.path, folder) = (SocketFolder.socket(in: made), made)
        }
        let (socket, ownFolder) = (self.path, folder)
        let link = study.map(Self.link)
        // The user may have put the socket there.
        self.link = link.flatMap { Self.place(of: $0) == Self.place(of: socket) ? nil : $0 }
        do { if let link = self.link { try Self.makeLink(link, to: socket) } } catch {
            if let ownFolder { rmdir(ownFolder) }
            throw error
        }
    }

    /// The link to the server of a study: `studies/circle.socket` for `studies/circle.db`, and on this
    /// machine `studies/server-17.socket` for `postgres://…#17`.
    package static func link(of study: String) -> String {
        StudyCompanion.path(of: study, ending: ".socket")
    }

    private static func makeLink(_ link: String, to path: String) throws {
        var status = stat()
        // Of a study on a server nothing else need be there.
        mkdir(PathText.split(link).folder, 0o777)
        if lstat(link, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFLNK else { throw FileError.system(EEXIST) }
            unlink(link)
        }
        guard symlink(place(of: path), link) == 0 else { throw FileError.last }
    }

    /// A path without links but in its last name.
    private static func place(of path: String) -> String {
        let (folder, name) = PathText.split(path)
        return (PathText.resolved(folder) ?? folder) + "/" + name
    }

    /// A socket that a server which was killed has left behind.
    private static func removeAbandoned(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK, !SocketListener.answers(at: path) else {
            throw FileError.system(EADDRINUSE)
        }
        unlink(path)
    }

    /// Removes what was made.
    func remove() {
        unlink(path)
        if let link { unlink(link) }
        if let folder { rmdir(folder) }
    }
}
