internal import Platform

/// A folder for one socket, which only this user can enter.
enum SocketFolder {
    /// Makes a folder of mode 0700 whose path leaves room for the socket's name.
    ///
    /// - Throws: `FileError`.
    static func make() throws -> String {
        let folder = try Folders.makeTemporary()
        guard socket(in: folder).utf8.count > SocketListener.longestPath else { return folder }
        rmdir(folder)
        return try Folders.makeTemporary(prefix: "/tmp/mohpo-lua-")
    }

    /// The path of the socket in a folder.
    static func socket(in folder: String) -> String { folder + "/socket" }
}
