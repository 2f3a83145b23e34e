internal import Foundation

/// A connection that changes nothing, also where the folder cannot be written.
///
/// Without a write-ahead log SQLite is told that the file does not change, so that it makes no files
/// beside it; `isStill` says afterwards whether that was so.
final class ReadConnection {
    let database: SQLiteConnection
    /// The version of the file's format.
    let format: Int
    let path: String
    private let stamp: Stamp?
    /// What is read in its stead; goes with the connection.
    private let copy: ReadSnapshot?
    /// Whether another connection would have to copy the study as well.
    var isOfCopy: Bool { copy != nil }

    private struct Stamp: Equatable {
        var size: UInt64
        var changed: Date?
    }

    /// - Parameter isStrict: whether SQLite may refuse a file that it could not write.
    /// - Throws: `StorageError`.
    init(_ path: String, isStrict: Bool = false) throws {
        try StudyPlace.checkFile(at: path)
        self.path = path
        let hasLog = Self.hasLog(path)
        stamp = hasLog ? nil : Self.stamp(path)
        let isMisread = !isStrict && FileHeader.saysOtherEncoding(at: path)
        if !isMisread,
            let database = try Self.connect(
                to: path, named: path, isUnchanging: !hasLog, isStrict: isStrict)
        {
            (self.database, copy) = (database, nil)
        } else {
            let copy = try ReadSnapshot(of: path, correctingEncoding: isMisread)
            guard
                let database = try Self.connect(
                    to: copy.path, named: path, isUnchanging: false, isStrict: isStrict)
            else { throw StorageError.unreadable(path: path, reason: "unable to open its log") }
            (self.database, self.copy) = (database, copy)
        }
        format = try Schema.check(database, path: path)
    }

    /// The connection that writes the study, to read what it has written.
    init(writing database: SQLiteConnection, path: String) {
        (self.database, self.path) = (database, path)
        (format, stamp, copy) = (Schema.version, nil, nil)
    }

    /// Begins to read; nil where a log would have to be indexed first, in a folder that cannot be
    /// written.
    private static func connect(
        to path: String, named name: String, isUnchanging: Bool, isStrict: Bool
    ) throws -> SQLiteConnection? {
        let database: SQLiteConnection
        do {
            database = try SQLiteConnection(path, isUnchanging ? .readUnchanging : .read)
        } catch let error as SQLError {
            throw StorageError.unreadable(path: name, reason: "\(error)")
        }
        // Lets a file that was cut be read as far as it goes.
        if !isStrict { try? database.run("PRAGMA writable_schema = ON") }
        try? database.run("BEGIN")
        do { try database.run("SELECT 1 FROM sqlite_schema") } catch let error as SQLError {
            if error.isRefusal, !isUnchanging { return nil }
        }
        return database
    }

    /// Whether what was read is what the file held at one moment.
    var isStill: Bool {
        stamp == nil || (!Self.hasLog(path) && stamp == Self.stamp(path))
    }

    private static func hasLog(_ path: String) -> Bool {
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        return (log?[.size] as? UInt64 ?? 0) > 0
    }

    private static func stamp(_ path: String) -> Stamp? {
        guard let file = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        return Stamp(
            size: file[.size] as? UInt64 ?? 0, changed: file[.modificationDate] as? Date)
    }
}
