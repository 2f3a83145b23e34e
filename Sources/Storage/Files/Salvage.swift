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
        let path = try StudyPlace.followed(path)
        try StudyPlace.checkFile(at: path)
        let lock = try StudyLock(forStudyAt: path)
        defer { withExtendedLifetime(lock) {} }
        try finishSalvage(at: path)
        let file = try readToWrite(at: path)
        guard let damage = file.damage else { return nil }
        do { try StudyRewriting.write(file, to: path + drafted) } catch let error as SQLError {
            throw StorageError.unwritable(path: path + drafted, reason: "\(error)")
        }
        try changingFiles(of: path) { place in
            try place.beside(drafted).move(to: place.beside(finished))
        }
        guard let aside = try finishSalvage(at: path) else { return nil }
        return (damage, aside)
    }

    /// The endings of a file that is being written, and of one that is complete.
    private static let drafted = ".salvaging"
    private static let finished = ".salvaged"

    /// Puts a salvaged file in the place of the damaged one.
    ///
    /// - Returns: where the damaged file is now; nil where nothing was salvaged.
    @discardableResult
    static func finishSalvage(at path: String) throws -> String? {
        try changingFiles(of: path) { place in
            let file = place.beside(finished)
            guard file.isTaken, isSalvaged(path) else { return nil }
            let aside = try putAside(place)
            try? place.beside("-wal").move(to: aside.beside("-wal"))
            place.beside("-shm").remove()
            try file.move(to: place)
            let folder = PathText.split(path).folder
            return path == place.name ? aside.name : "\(folder)/\(aside.name)"
        }
    }

    /// Whether what is called `x.db.salvaged` is what salvage left there: an intact study that has all that can be
    /// read of the one in whose place it is to come. Anything else is left alone.
    private static func isSalvaged(_ path: String) -> Bool {
        guard !StudyPlace.isLink(path + finished),
            let salvaged = try? StudyFile.read(at: path + finished), salvaged.damage == nil
        else { return false }
        guard let study = try? StudyFile.read(at: path) else { return true }
        return salvaged.events.count >= study.events.count
            && salvaged.arrivals.count >= study.arrivals.count
            && (study.events.isEmpty || salvaged.events.first == study.events.first)
    }

    /// Gives the file a second name that nothing has: `x.damaged.db`, `x.damaged-2.db` …; or finds the
    /// one that it has.
    private static func putAside(_ place: FilePlace) throws -> FilePlace {
        let stem = place.name.hasSuffix(".db") ? String(place.name.dropLast(3)) : place.name
        for number in 1... {
            let aside = place.sibling(
                stem + ".damaged" + (number == 1 ? "" : "-\(number)") + ".db")
            do {
                try place.link(to: aside)
                return aside
            } catch FileError.system(EEXIST) where !place.isSame(as: aside) { continue } catch {
                if place.isSame(as: aside) { return aside }
                throw error
            }
        }
        return place
    }

    /// Gives errors the study's path.
    private static func changingFiles<T>(
        of path: String, _ body: (FilePlace) throws -> T
    ) throws -> T {
        do { return try body(FilePlace(path)) } catch let error as FileError {
            throw StorageError.unwritable(path: path, reason: "\(error)")
        }
    }
}
