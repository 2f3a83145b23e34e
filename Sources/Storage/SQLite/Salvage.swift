internal import Engine
internal import Foundation
internal import Platform

extension StudyFile {
    /// Puts a file with what is whole in a damaged one in its place, and the damaged one aside.
    ///
    /// - Returns: what was wrong and where the damaged file is now; nil when nothing was wrong.
    /// - Throws: `StorageError`; `Event.UnknownEvent`. The study is then as it was.
    public static func salvage(at path: String) throws -> (damage: StudyDamage, aside: String)? {
        try StudyPlace.checkFile(at: path)
        let lock = try StudyLock(forStudyAt: path)
        defer { withExtendedLifetime(lock) {} }
        let file = try read(at: path)
        guard let damage = file.damage else { return nil }
        let fresh = path + ".salvaged"
        unlink(fresh)
        let journal = try SQLiteJournal.create(
            at: fresh, about: file.note ?? StudyMetadata(name: "", created: ""))
        for arrival in file.arrivals { journal.receive(arrival) }
        try journal.append(file.events, expecting: 0, under: journal.takeLease())
        for checkpoint in file.checkpoints { journal.save(checkpoint) }
        try journal.close()
        let aside = try putAside(path)
        rename(path + "-wal", aside + "-wal")
        unlink(path + "-shm")
        guard rename(fresh, path) == 0 else {
            throw StorageError.unwritable(path: path, reason: StudyPlace.reason(errno))
        }
        return (damage, aside)
    }

    /// Gives the file a second name that nothing has: `x.damaged.db`, `x.damaged-2.db` …
    private static func putAside(_ path: String) throws -> String {
        let stem = path.hasSuffix(".db") ? String(path.dropLast(3)) : path
        for number in 1... {
            let aside = stem + ".damaged" + (number == 1 ? "" : "-\(number)") + ".db"
            if link(path, aside) == 0 { return aside }
            guard errno == EEXIST else {
                throw StorageError.unwritable(path: aside, reason: StudyPlace.reason(errno))
            }
        }
        return path
    }
}
