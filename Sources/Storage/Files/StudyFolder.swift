public import Engine
internal import Foundation
internal import Platform

/// A folder of studies.
public enum StudyFolder {
    /// Makes a new study in the folder: `NAME.db`, or `NAME-2.db` and so on where that is taken, also
    /// when another program makes one at the same time.
    ///
    /// - Throws: `StorageError`.
    public static func create(
        in folder: String, about note: StudyMetadata,
        durability: SQLiteJournal.Durability = .process
    ) throws -> SQLiteJournal {
        for number in 1... {
            let name = fileName(note.name) + (number == 1 ? "" : "-\(number)") + ".db"
            do {
                return try SQLiteJournal.create(
                    at: folder + "/" + name, about: note, durability: durability)
            } catch StorageError.exists { continue }
        }
        throw StorageError.unwritable(path: folder, reason: "no name is left")
    }

    /// The studies of a folder, the newest first; what is none is left out. Of those that were made in one
    /// second the one that came later in its run is newer, of several runs the one with the greater number.
    ///
    /// - Parameter leftOut: is told why each of the others is left out.
    public static func list(
        _ folder: String, leftOut: (any Error) -> Void = { _ in }
    ) -> [StudyEntry] {
        files(in: folder).sorted()
            .compactMap { path in
                do { return try entry(path) } catch {
                    leftOut(error)
                    return nil
                }
            }
            .sorted { isNewer(($0.address, $0.metadata), ($1.address, $1.metadata)) }
    }

    /// The studies of that name in a folder, the newest first: what the files say, and not how they
    /// are called. Of those that were made in one second as for `list`.
    public static func studies(
        named name: String, in folder: String
    ) -> [(path: String, note: StudyMetadata)] {
        let found = files(in: folder).compactMap { path -> (path: String, note: StudyMetadata)? in
            guard let note = try? note(path), PathText.isSame(note.name, name) else { return nil }
            return (path, note)
        }
        return found.sorted(by: isNewer)
    }

    /// The paths of what may be studies.
    private static func files(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".db") }.map { folder + "/" + $0 }
    }

    /// Whether a study was made after another, as far as one can tell of those of one second.
    private static func isNewer(
        _ one: (path: String, note: StudyMetadata), _ other: (path: String, note: StudyMetadata)
    ) -> Bool {
        guard one.note.created == other.note.created else {
            return one.note.created > other.note.created
        }
        if one.note.run == other.note.run, one.note.ordinal != other.note.ordinal {
            return one.note.ordinal > other.note.ordinal
        }
        return number(of: one) > number(of: other)
    }

    /// N of `NAME-N.db`, 1 of `NAME.db`; 0 of a file that `create` would call otherwise.
    private static func number(of study: (path: String, note: StudyMetadata)) -> Int {
        let (path, name) = (study.path, fileName(study.note.name))
        let file = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        guard file.hasPrefix(name) else { return 0 }
        let end = file.dropFirst(name.count).dropLast(".db".count)
        return end.isEmpty ? 1 : end.hasPrefix("-") ? Int(end.dropFirst()) ?? 0 : 0
    }

    /// What a study says about itself.
    ///
    /// - Throws: `StorageError`.
    public static func note(_ path: String) throws -> StudyMetadata {
        let path = try StudyPlace.followed(path)
        return try note(path, on: ReadConnection(path))
    }

    private static func note(_ path: String, on connection: ReadConnection) throws -> StudyMetadata
    {
        guard let note = StudyReader.metadata(on: connection) else {
            throw StorageError.damaged(path: path, what: DamageLocation.metadata)
        }
        return note
    }

    /// What a study is, without reading all of it.
    ///
    /// - Throws: `StorageError`.
    public static func entry(_ path: String) throws -> StudyEntry {
        let path = try StudyPlace.followed(path)
        // Asked first: a writer that ends meanwhile has not left the study.
        let isHeld = StudyLock.isHeld(forStudyAt: path)
        let connection = try ReadConnection(path)
        let note = try note(path, on: connection)
        let last = try code(
            "SELECT code FROM events ORDER BY number DESC LIMIT 1", connection)
        let turn = try code(
            """
            SELECT code FROM (SELECT code FROM events ORDER BY number DESC LIMIT 10000)
            WHERE code IN (\(EventCode.interrupted.rawValue), \(EventCode.resumed.rawValue)) LIMIT 1
            """, connection)
        let state: StudyEntry.State =
            isHeld
            ? .running
            : turn == EventCode.interrupted.rawValue
                ? .interrupted : last == EventCode.finished.rawValue ? .finished : .abandoned
        return StudyEntry(
            address: path, metadata: note, state: state,
            trials: try code("SELECT count(*) FROM starts", connection),
            reports: try code("SELECT max(sequence) FROM reports", connection))
    }

    private static func code(_ sql: String, _ connection: ReadConnection) throws -> Int {
        do { return try connection.database.integer(sql) ?? 0 } catch let error as SQLError {
            throw StorageError.damaged(path: connection.path, what: "\(error)")
        }
    }

    /// A study's name as a file may have it: nothing that leads elsewhere or cannot be typed.
    public static func fileName(_ name: String) -> String {
        let plain = name.unicodeScalars.map { scalar -> Character in
            scalar.value < 0x20 || scalar.value == 0x7f || "/\\:".unicodeScalars.contains(scalar)
                ? "_" : Character(scalar)
        }
        var text = String(plain)
        while text.utf8.count > 200 { text.removeLast() }
        // By its first byte, as the system decides what is hidden.
        if text.utf8.first == UInt8(ascii: ".") {
            text = "_" + String(text.unicodeScalars.dropFirst())
        }
        return text.isEmpty ? "study" : text
    }
}
