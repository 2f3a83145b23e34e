public import Engine
internal import GRDB
internal import Synchronization

/// A journal in a SQLite file of its own.
///
/// What is written is collected in memory, in order, and `sync` writes all of it in one
/// transaction. So any number of reports share the cost of one, and the file always holds a
/// beginning of what was written.
public final class SQLiteJournal: Journal {
    /// What `sync` is to outlast.
    public enum Durability: Sendable {
        /// Any end of the program.
        case process
        /// A loss of power as well: the disk has it.
        case power
    }

    /// Where the file is.
    public let path: String
    /// What the file says about the study.
    public let note: StudyMetadata
    private let queue: DatabaseQueue
    private let lock: Mutex<StudyLock?>
    private let content: Mutex<JournalContent>

    private init(
        path: String, note: StudyMetadata, lock: StudyLock, queue: DatabaseQueue,
        content: sending JournalContent
    ) {
        (self.path, self.note, self.queue) = (path, note, queue)
        self.lock = Mutex(lock)
        self.content = Mutex(content)
    }

    /// Makes a study's file, and the folders above it.
    ///
    /// - Throws: `StorageError`, when there is such a file or it cannot be made.
    public static func create(
        at path: String, about note: StudyMetadata, durability: Durability = .process
    ) throws -> SQLiteJournal {
        try StudyPlace.makeFile(at: path) { draft in
            try named(path) { try fill(draft, note) }
        }
        let lock = try StudyLock(forStudyAt: path)
        return try named(path) {
            SQLiteJournal(
                path: path, note: note, lock: lock, queue: try connect(to: path, durability),
                content: JournalContent(writer: StudyWriter()))
        }
    }

    /// Writes a study without events.
    private static func fill(_ path: String, _ note: StudyMetadata) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            // Every transaction writes whole pages, and most change a few rows on each of four.
            try db.execute(sql: "PRAGMA page_size = 2048")
            let connection = Connection(db.connection)
            let writer = StudyWriter()
            try connection.transaction {
                try Schema.create(in: db)
                try writer.write(note, on: connection)
                try writer.writeCounts(on: connection)
            }
        }
        try queue.close()
    }

    /// Opens a study's file to go on with it.
    ///
    /// - Throws: `StorageError`, `Event.UnknownEvent`.
    public static func open(
        at path: String, durability: Durability = .process
    ) throws -> SQLiteJournal {
        try StudyPlace.checkFile(at: path)
        let lock = try StudyLock(forStudyAt: path)
        // Looked at before SQLite takes the log in and drops what is damaged without a word.
        guard !WriteAheadLog.isDamaged(forStudyAt: path) else {
            throw StorageError.damaged(path: path, what: DamageLocation.log)
        }
        return try named(path) {
            // Before the connection that writes is made: that one would change any SQLite file.
            let (note, content) = try load(path)
            return SQLiteJournal(
                path: path, note: note, lock: lock, queue: try connect(to: path, durability),
                content: content)
        }
    }

    private static func load(_ path: String) throws -> sending (StudyMetadata, JournalContent) {
        let connection = try ReadConnection(path)
        let reader = try StudyReader.read(connection, for: .study)
        let note = StudyReader.note(on: connection.pointer)
        let areWhole = StudyReader.checkpoints(
            on: connection.pointer, expected: reader.writer.checkpointCount
        ).areWhole
        let damage = StudyFile.damage(
            in: reader, hasNote: note != nil, hasCheckpoints: areWhole, at: path)
        if let damage { throw StorageError.damaged(path: path, what: damage) }
        guard let note else { preconditionFailure("a note that lacks is damage") }
        let arrivals = reader.assembly.arrivals
        return (
            note,
            JournalContent(
                writer: reader.writer, received: ReceivedReports(arrivals),
                isInterrupted: reader.assembly.isInterrupted,
                beginning: StudyBeginning(fold: reader.assembly.fold, arrivals: arrivals))
        )
    }

    private static func connect(
        to path: String, _ durability: Durability
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            // 16 MiB of log: carrying it over waits for the disk, which has no hurry.
            let pages = (16 << 20) / (try pageSize(db))
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)")
            if durability == .power { try db.execute(sql: "PRAGMA synchronous = FULL") }
        }
        return queue
    }

    /// Gives SQLite's errors the file's name.
    private static func named<T>(_ path: String, _ body: () throws -> sending T) throws -> sending T
    {
        do { return try body() } catch let error as DatabaseError
            where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
        {
            throw StorageError.damaged(path: path, what: error.message ?? "\(error)")
        } catch let error as DatabaseError {
            throw StorageError.unwritable(path: path, reason: error.message ?? "\(error)")
        } catch let error as SQLError {
            throw StorageError.unwritable(path: path, reason: error.description)
        } catch is RowError {
            throw StorageError.damaged(path: path, what: "a row that was whole before")
        }
    }

    // MARK: Journal

    public var isDurableOnReturn: Bool { false }

    public var location: StudyLocation { .file(path) }

    public func takeLease() -> Lease {
        content.withLock { content in
            let lease = Lease(number: (content.lease?.number ?? 0) + 1)
            content.lease = lease
            return lease
        }
    }

    public func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock { content in
            try JournalError.check(
                position: position, count: content.eventCount, lease: lease, held: content.lease)
            content.beginning = nil
            for event in events { content.append(event) }
        }
    }

    @discardableResult
    public func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock { content in
            guard content.received.insert(arrival.key) else { return false }
            content.beginning = nil
            content.arrivals.append(arrival)
            return true
        }
    }

    public func save(_ checkpoint: Checkpoint) {
        content.withLock { $0.checkpoints[checkpoint.trial] = checkpoint }
    }

    /// Lets the file grow to so many bytes at most, as a full disk would.
    public func limit(bytes: Int) throws {
        try queue.writeWithoutTransaction { db in
            let pages = max(1, bytes / (try Self.pageSize(db)))
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
    }

    private static func pageSize(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
    }

    public func sync() throws {
        try content.withLock { try sync(&$0) }
    }

    private func sync(_ content: inout JournalContent) throws {
        guard !content.isEmpty else { return }
        try Self.named(path) {
            // A failed transaction takes back what the writer knows as well.
            let mark = content.writer.mark()
            try queue.writeWithoutTransaction { db in
                let connection = content.connection ?? Connection(db.connection)
                content.connection = connection
                do {
                    try connection.transaction { try content.write(on: connection) }
                } catch {
                    content.writer.goBack(to: mark)
                    throw error
                }
            }
        }
        content.clear()
    }

    public func events(from first: Int) throws -> [Event] {
        try content.withLock { content in
            let stored = first < content.writer.eventCount ? try stored(.events).events : []
            let skipped = max(0, first - content.writer.eventCount)
            return Array(stored.dropFirst(max(0, first))) + content.events.dropFirst(skipped)
        }
    }

    public func arrivals(after count: Int) throws -> [ReceivedReport] {
        try content.withLock { content in
            let count = max(0, count)
            if let beginning = content.beginning {
                return Array(beginning.arrivals.dropFirst(count))
            }
            let known = content.writer.reportCount
            let stored = count < known ? try stored(.events).arrivals.dropFirst(count) : []
            return Array(stored) + content.arrivals.dropFirst(max(0, count - known))
        }
    }

    /// Events and reports in one reading; the first time what was read when the file was opened.
    public func beginning() throws -> StudyBeginning {
        try content.withLock { content in
            if let beginning = content.beginning {
                content.beginning = nil
                return beginning
            }
            try sync(&content)
            let read = try stored(.study)
            return StudyBeginning(fold: read.fold, arrivals: read.arrivals)
        }
    }

    private func stored(_ purpose: StudyAssembly.Purpose) throws -> StudyAssembly {
        try Self.named(path) {
            try queue.writeWithoutTransaction { db in
                var reader = StudyReader(db.connection, for: purpose)
                try reader.read()
                if let first = reader.damage.first {
                    throw StorageError.damaged(path: path, what: first)
                }
                return reader.assembly
            }
        }
    }

    public func checkpoint(of trial: Int) throws -> Checkpoint? {
        try content.withLock { content in
            if let checkpoint = content.checkpoints[trial] { return checkpoint }
            guard !content.done.contains(trial), content.writer.checkpointCount > 0 else {
                return nil
            }
            return try Self.named(path) {
                try queue.writeWithoutTransaction {
                    try StudyReader.checkpoint(of: trial, on: $0.connection, path: path)
                }
            }
        }
    }

    /// Keeps what was written and closes the file, of which then nothing else is left beside it.
    public func close() throws {
        try content.withLock {
            try sync(&$0)
            $0.connection = nil
        }
        try Self.named(path) { try queue.close() }
        lock.withLock { $0 = nil }
    }
}

extension Database {
    /// SQLite's own connection.
    ///
    /// GRDB has it as long as it is open, and only then gives a `Database` to anybody.
    var connection: OpaquePointer {
        guard let sqliteConnection else { preconditionFailure("a closed database was used") }
        return sqliteConnection
    }
}
