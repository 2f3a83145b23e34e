/// Files that appear under their name in one step, so that other programs, and the next run after a kill, see
/// all of them or nothing.
///
/// Each is written under another name in the same folder first.
package enum AtomicFile {
    /// Writes a file in the place of the one that is there.
    ///
    /// A link is followed, where files are not confined, and its target replaced. What is no regular
    /// file (a pipe, `/dev/stdout`) is written to as it is.
    ///
    /// - Throws: `FileError`; an old file is then still there.
    package static func write(
        _ bytes: UnsafeRawBufferPointer, to path: String, mode: mode_t = 0o666
    ) throws {
        let isConfined = Confinement.current != nil
        let place = try FilePlace(isConfined ? path : target(of: path))
        if !isConfined, let status = place.status, status.st_mode & S_IFMT != S_IFREG {
            return try writeThrough(bytes, to: path)
        }
        let draft = place.sibling("\(place.name).\(getpid())-\(UInt32.random(in: 0...(.max))).part")
        let file = try draft.open(O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        do {
            try file.write(bytes)
            try file.closeChecked()
            guard
                renameat(
                    draft.folder.descriptor, draft.name, place.folder.descriptor, place.name) == 0
            else { throw FileError.last }
        } catch {
            unlinkat(draft.folder.descriptor, draft.name, 0)
            throw error
        }
    }

    /// Writes text in the place of the file that is there.
    ///
    /// - Throws: `FileError`; an old file is then still there.
    package static func write(_ text: String, to path: String, mode: mode_t = 0o666) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0), to: path, mode: mode) }
    }

    /// Puts a file that is written in the place of another, on the same file system.
    ///
    /// - Throws: `FileError`.
    package static func replace(_ path: String, with source: String) throws {
        let (old, new) = (try FilePlace(path), try FilePlace(source))
        guard
            renameat(new.folder.descriptor, new.name, old.folder.descriptor, old.name) == 0
        else { throw FileError.last }
    }

    /// Makes a file where none is, and removes the drafts of programs that were killed at that.
    ///
    /// - Parameter fill: gets the path of an empty file, which then takes its name.
    /// - Throws: `FileError.system(EEXIST)` when there is one; other `FileError`s; what `fill` throws.
    package static func create(at path: String, fill: (String) throws -> Void) throws {
        let place = try FilePlace(path)
        guard place.folder.status(of: place.name) == nil else { throw FileError.system(EEXIST) }
        Drafts.removeAbandoned(in: place.folder)
        let ending = Drafts.ending()
        let draft = place.sibling(place.name + ending)
        let file = try draft.open(O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
        _ = IdentityLock.take(file.descriptor)
        // Not before it has its name: a draft without a lock is taken for abandoned.
        defer { IdentityLock.giveBack(file.descriptor) }
        defer { unlinkat(draft.folder.descriptor, draft.name, 0) }
        try fill(path + ending)
        let folder = place.folder.descriptor
        guard linkat(folder, draft.name, folder, place.name, 0) != 0 else { return }
        // Not every file system has links. The moment between the two is the price.
        guard [EPERM, ENOTSUP, ENOSYS].contains(errno) else { throw FileError.last }
        guard place.folder.status(of: place.name) == nil else { throw FileError.system(EEXIST) }
        guard renameat(folder, draft.name, folder, place.name) == 0 else { throw FileError.last }
    }

    /// Where a link leads; the path itself where it is none or leads nowhere.
    private static func target(of path: String) -> String {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
        return PathText.resolved(path) ?? path
    }

    private static func writeThrough(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.last }
        let file = OpenFile(descriptor)
        try file.write(bytes)
        try file.closeChecked()
    }
}
