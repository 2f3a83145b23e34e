internal import Foundation
internal import Platform

/// Puts a file with what is intact in a damaged one in its place, and the damaged one aside.
///
/// The new file is complete once it is called `x.db.salvaged`. Everything after that can be done
/// again: a program that is killed meanwhile leaves a file of that name, and the next one that opens
/// the study for writing finishes the work.
extension StudyFile {
    /// Salvages a study.
    ///
    /// - Returns: what was wrong and where the damaged file is now; nil when nothing was wrong.
    /// - Throws: `StorageError`; `Event.UnknownEvent`. The study is then as it was.
    public static func salvage(at path: String) throws -> (damage: StudyDamage, aside: String)? {
        try StudyPlace.checkFile(at: path)
        let lock = try StudyLock(forStudyAt: path)
        defer { withExtendedLifetime(lock) {} }
        try finishSalvage(at: path)
        let file = try read(at: path)
        guard let damage = file.damage else { return nil }
        let draft = path + ".salvaging"
        do { try StudyRewriting.write(file, to: draft) } catch let error as SQLError {
            throw StorageError.unwritable(path: draft, reason: "\(error)")
        }
        try move(draft, to: fresh(path))
        guard let aside = try finishSalvage(at: path) else { return nil }
        return (damage, aside)
    }

    private static func fresh(_ path: String) -> String { path + ".salvaged" }

    /// Puts a salvaged file in the place of the damaged one.
    ///
    /// - Returns: where the damaged file is now; nil where nothing was salvaged.
    @discardableResult
    static func finishSalvage(at path: String) throws -> String? {
        guard access(fresh(path), F_OK) == 0 else { return nil }
        let aside = try putAside(path)
        rename(path + "-wal", aside + "-wal")
        unlink(path + "-shm")
        try move(fresh(path), to: path)
        return aside
    }

    private static func move(_ old: String, to new: String) throws {
        guard rename(old, new) == 0 else {
            throw StorageError.unwritable(path: new, reason: StudyPlace.reason(errno))
        }
    }

    /// Gives the file a second name that nothing has: `x.damaged.db`, `x.damaged-2.db` …; or finds the
    /// one that it has.
    private static func putAside(_ path: String) throws -> String {
        let stem = path.hasSuffix(".db") ? String(path.dropLast(3)) : path
        for number in 1... {
            let aside = stem + ".damaged" + (number == 1 ? "" : "-\(number)") + ".db"
            if link(path, aside) == 0 { return aside }
            let failure = errno
            if StudyPlace.areSame(path, aside) { return aside }
            guard failure == EEXIST else {
                throw StorageError.unwritable(path: aside, reason: StudyPlace.reason(failure))
            }
        }
        return path
    }
}
