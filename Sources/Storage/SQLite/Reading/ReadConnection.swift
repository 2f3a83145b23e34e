internal import Foundation
internal import GRDBSQLite

/// A connection that changes nothing, also where the folder cannot be written.
///
/// Without a write-ahead log SQLite is told that the file does not change, so that it makes no files
/// beside it; `isStill` says afterwards whether that was so.
final class ReadConnection {
    let pointer: OpaquePointer
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

    /// - Throws: `StorageError`.
    init(_ path: String) throws {
        try StudyPlace.checkFile(at: path)
        self.path = path
        let hasLog = Self.hasLog(path)
        stamp = hasLog ? nil : Self.stamp(path)
        if let pointer = try Self.connect(to: path, named: path, isStill: !hasLog) {
            (self.pointer, copy) = (pointer, nil)
        } else {
            let copy = try ReadSnapshot(of: path)
            guard let pointer = try Self.connect(to: copy.path, named: path, isStill: false) else {
                throw StorageError.unreadable(path: path, reason: "unable to open its log")
            }
            (self.pointer, self.copy) = (pointer, copy)
        }
        try Schema.check(pointer, path: path)
    }

    /// Begins to read; nil where a log would have to be indexed first, in a folder that cannot be
    /// written.
    private static func connect(
        to path: String, named name: String, isStill: Bool
    ) throws -> OpaquePointer? {
        var address = URL(fileURLWithPath: path).absoluteString
        if isStill { address += "?immutable=1" }
        var connection: OpaquePointer?
        let code = sqlite3_open_v2(
            address, &connection,
            // No lock for each column: one thread at a time uses it.
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let connection else {
            let reason = String(cString: sqlite3_errstr(code))
            sqlite3_close_v2(connection)
            throw StorageError.unreadable(path: name, reason: reason)
        }
        sqlite3_busy_timeout(connection, 10_000)
        // Lets a file that was cut be read as far as it goes.
        sqlite3_exec(connection, "PRAGMA writable_schema = ON; BEGIN", nil, nil, nil)
        let first = sqlite3_exec(connection, "SELECT 1 FROM sqlite_schema", nil, nil, nil)
        guard isStill || ![SQLITE_CANTOPEN, SQLITE_READONLY].contains(first & 0xff) else {
            sqlite3_close_v2(connection)
            return nil
        }
        return connection
    }

    deinit { sqlite3_close_v2(pointer) }

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

extension Schema {
    /// Refuses a file that is no study, or a newer one.
    ///
    /// - Throws: `StorageError`.
    static func check(_ connection: OpaquePointer, path: String) throws {
        do {
            guard try number("application_id", connection) == applicationID else {
                throw StorageError.notAStudy(path: path, got: "another SQLite file")
            }
            let version = try number("user_version", connection)
            guard version <= Self.version else {
                throw StorageError.newer(path: path, version: version, known: Self.version)
            }
        } catch let error as SQLError {
            switch error.code & 0xff {
            case SQLITE_NOTADB: throw StorageError.notAStudy(path: path, got: "another file")
            case SQLITE_CORRUPT: throw StorageError.damaged(path: path, what: "\(error)")
            default: throw StorageError.unreadable(path: path, reason: "\(error)")
            }
        }
    }

    private static func number(_ pragma: String, _ connection: OpaquePointer) throws -> Int {
        var rows = try SQLStatement("PRAGMA \(pragma)", on: connection)
        return try rows.step() ? rows.integer(0) ?? 0 : 0
    }
}
