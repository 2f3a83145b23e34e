/// Where a file is or is to be: an open folder and a name in it.
///
/// Every file that this program opens by a path of its own goes through here, so that
/// ``Confinement`` holds for each.
package struct FilePlace: Sendable {
    /// The folder, open.
    package let folder: OpenFolder
    /// The name in it; "." for the folder itself.
    package let name: String
    /// Whether the place must not be a link.
    private let isConfined: Bool

    /// Opens the folder of a path.
    ///
    /// - Parameter makesFolders: those that are not there are made.
    /// - Throws: `FileError`.
    package init(_ path: String, makesFolders: Bool = false) throws {
        guard !path.isEmpty else { throw FileError.system(ENOENT) }
        if let confinement = Confinement.current {
            (folder, name) = try confinement.place(of: path, makesFolders: makesFolders)
            isConfined = true
            return
        }
        let parts = PathText.split(path)
        if makesFolders { try Folders.make(parts.folder) }
        folder = try OpenFolder(parts.folder)
        name = parts.name.isEmpty ? "." : parts.name
        isConfined = false
    }

    /// The place of the name with an ending, in the same folder: that of a study's log, say.
    package func beside(_ ending: String) -> FilePlace { sibling(name + ending) }

    /// Another place in the same folder.
    package func sibling(_ name: String) -> FilePlace {
        FilePlace(folder: folder, name: name, isConfined: isConfined)
    }

    private init(folder: OpenFolder, name: String, isConfined: Bool) {
        (self.folder, self.name, self.isConfined) = (folder, name, isConfined)
    }

    /// Opens the file. A link is followed where files are not confined and `flags` allow it; a pipe
    /// is not waited for.
    ///
    /// - Throws: `FileError`.
    package func open(_ flags: Int32, mode: mode_t = 0o666) throws -> OpenFile {
        guard !isConfined else { return try folder.file(name, flags, mode: mode) }
        let descriptor = openat(
            folder.descriptor, name, flags | O_CLOEXEC | O_NONBLOCK, mode)
        guard descriptor >= 0 else { throw FileError.last }
        return OpenFile(descriptor)
    }

    /// What is there, at the end of links where they may be followed; nil where nothing is.
    package var status: stat? {
        var status = stat()
        let flags = isConfined ? AT_SYMLINK_NOFOLLOW : 0
        return fstatat(folder.descriptor, name, &status, flags) == 0 ? status : nil
    }

    /// Throws where a link is that must not be followed: for files that a library opens by its path.
    ///
    /// - Throws: `FileError.link`.
    package func checkIsNoLink() throws {
        if isConfined, folder.isLink(name) { throw FileError.link(name: name) }
    }
}

/// Reads a regular file.
///
/// - Throws: `FileError`.
package func readBytes(ofFileAt path: String) throws -> [UInt8] {
    try FilePlace(path).open(O_RDONLY).bytes()
}
