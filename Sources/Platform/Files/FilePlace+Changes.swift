/// Changes of names, each made in the open folder: a link that takes the folder's place meanwhile leads
/// nowhere.
extension FilePlace {
    /// Whether something has that name; a link is not followed.
    package var isTaken: Bool { folder.status(of: name) != nil }

    /// Removes the file or the link; nothing where there is none.
    package func remove() { unlinkat(folder.descriptor, name, 0) }

    /// Gives the file another name, in the place of what has it.
    ///
    /// - Throws: `FileError`.
    package func move(to other: FilePlace) throws {
        guard
            renameat(folder.descriptor, name, other.folder.descriptor, other.name) == 0
        else { throw FileError.last }
    }

    /// Gives the file another name besides.
    ///
    /// - Throws: `FileError`.
    package func link(to other: FilePlace) throws {
        guard
            linkat(folder.descriptor, name, other.folder.descriptor, other.name, 0) == 0
        else { throw FileError.last }
    }

    /// Whether both names are those of one file; links are not followed.
    package func isSame(as other: FilePlace) -> Bool {
        guard let here = folder.status(of: name), let there = other.folder.status(of: other.name)
        else { return false }
        return FileIdentity(here) == FileIdentity(there)
    }
}
