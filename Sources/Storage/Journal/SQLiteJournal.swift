public import Engine
internal import Synchronization

/// A journal in a SQLite file of its own.
///
/// What is written is collected in memory, in order, and `sync` writes all of it in one
/// transaction. So any number of reports share the cost of one, and the file always holds a
/// beginning of what was written.
public final class SQLiteJournal: Journal {
    /// What `sync` is to outlast.
    public enum Durability: String, Sendable, CaseIterable {
        /// Any end of the program.
        case process
        /// A loss of power as well: the disk has it.
        case power
    }

    /// Where the file is.
    public let path: String
    /// What the file says about the study.
    public let note: StudyMetadata
    private let lock: Mutex<StudyLock?>
    private let content: Mutex<JournalContent>

    private init(
        path: String, note: StudyMetadata, lock: StudyLock,
        content: consuming sending JournalContent
    ) {
        (self.path, self.note) = (path, note)
        self.lock = Mutex(lock)
        self.content = Mutex(content)
    }

    /// Makes a study's file, and the folders above it.
    ///
    /// - Throws: `StorageError`, when there is such a file or it cannot be made.
    public static func create(
        at path: String, about note: StudyMetadata, durability: Durability = .process
    ) throws -> SQLiteJournal {
        try StudyPlace.checkFiles(beside: path)
        try StudyPlace.makeFile(at: path) { draft in
            try named(path) {
                let connection = try SQLiteConnection(draft, .write)
                defer { connection.close() }
                try StudyRewriting.create(note, on: connection)
            }
        }
        let lock = try StudyLock(forStudyAt: path)
        return try named(path) {
            SQLiteJournal(
                path: path, note: note, lock: lock,
                content: JournalContent(try connect(to: path, durability)))
        }
    }

    /// Opens a study's file to continue it. One of an older format is rewritten first.
    ///
    /// - Throws: `StorageError`, `Event.UnknownEvent`.
    public static func open(
        at path: String, durability: Durability = .process
    ) throws -> SQLiteJournal {
        let path = try StudyPlace.followed(path)
        try StudyPlace.checkFile(at: path)
        let lock = try StudyLock(forStudyAt: path)
        try StudyFile.finishSalvage(at: path)
        // Looked at before SQLite takes the log in and drops what is damaged without a word.
        guard !WriteAheadLog.isDamaged(forStudyAt: path, isOurs: true) else {
            throw StorageError.damaged(path: path, what: DamageLocation.log)
        }
        return try named(path) {
            if try ReadConnection(path).format < Schema.version {
                try StudyRewriting.upgrade(path)
            }
            try lock.holdFile()
            return try load(path, under: lock, durability: durability)
        }
    }

    /// Opens a study's file to continue it. Of a damaged one what is intact is put in its place first.
    ///
    /// - Parameter onSalvage: is told what is damaged and where the damaged file is now.
    /// - Throws: `StorageError`, `Event.UnknownEvent`.
    public static func open(
        at path: String, durability: Durability = .process,
        onSalvage: (StudyDamage, _ aside: String) -> Void
    ) throws -> SQLiteJournal {
        do {
            return try open(at: path, durability: durability)
        } catch let error as StorageError {
            guard case .damaged = error, let (damage, aside) = try StudyFile.salvage(at: path)
            else { throw error }
            onSalvage(damage, aside)
            return try open(at: path, durability: durability)
        }
    }

    /// As above, and says in one line what was damaged and where the damaged file is now.
    static func open(
        at path: String, durability: Durability, report: (String) -> Void
    ) throws -> SQLiteJournal {
        try open(at: path, durability: durability) { damage, aside in
            report("\(damage); the damaged file is now \(aside)")
        }
    }

    private static func load(
        _ path: String, under lock: StudyLock, durability: Durability
    ) throws -> sending SQLiteJournal {
        // Before the connection that writes is made: that one would change any SQLite file.
        let inspection = StudyInspection(of: path, isToBeWritten: true)
        let connection = try ReadConnection(path)
        let reader = try StudyReader.read(connection, for: .study)
        let note = StudyReader.metadata(on: connection)
        let damage = inspection.damage(
            in: reader, metadata: note, checkpoints: reader.checkpoints().areIntact,
            artifacts: reader.artifacts(keepingContent: false).areIntact)
        if let damage { throw StorageError.damaged(path: path, what: damage) }
        guard let note else { preconditionFailure("metadata that lacks is damage") }
        return SQLiteJournal(
            path: path, note: note, lock: lock,
            content: JournalContent(
                try connect(to: path, durability),
                StudyWriter(at: reader.ends, uncommitted: reader.assembly.uncommitted),
                beginning: StudyBeginning(
                    fold: reader.assembly.fold, arrivals: reader.assembly.arrivals)))
    }

    private static func connect(
        to path: String, _ durability: Durability
    ) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path, .write)
        try connection.run("PRAGMA journal_mode = WAL")
        let synchronous = durability == .power ? "FULL" : "NORMAL"
        try connection.run("PRAGMA synchronous = \(synchronous)")
        // 16 MiB of log: carrying it over waits for the disk, which has no hurry.
        let pages = (16 << 20) / (try pageSize(connection))
        try connection.run("PRAGMA wal_autocheckpoint = \(pages)")
        // A run says by then that it waits.
        connection.wait(seconds: 1)
        return connection
    }

    private static func pageSize(_ connection: SQLiteConnection) throws -> Int {
        try connection.integer("PRAGMA page_size") ?? 4096
    }

    /// Gives SQLite's errors the file's name.
    private static func named<T>(_ path: String, _ body: () throws -> sending T) throws -> sending T
    {
        do { return try body() } catch let error as SQLError {
            if error.isBusy { throw JournalError.locked(path) }
            throw error.isDamage
                ? StorageError.damaged(path: path, what: error.description)
                : StorageError.unwritable(path: path, reason: error.description)
        } catch is RowError {
            throw StorageError.damaged(path: path, what: "a row that was intact before")
        }
    }

    // MARK: Journal

    /// False: `sync` makes durable what was written.
    public var isDurableOnReturn: Bool { false }

    /// The file.
    public var location: StudyLocation { .file(path) }

    /// Takes the lease over; what is appended under an earlier one is refused from then on.
    public func takeLease() -> Lease {
        content.withLock { content in
            let lease = Lease(after: content.lease)
            content.lease = lease
            return lease
        }
    }

    /// Appends events. Amortised O(events).
    ///
    /// - Throws: `JournalError` where the position or the lease is not the journal's.
    public func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock { content in
            try JournalError.check(
                position: position, count: content.eventCount, lease: lease, held: content.lease)
            content.append(events)
        }
    }

    /// Keeps a report; false when there was one of that key. O(1).
    @discardableResult
    public func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock { $0.receive(arrival) }
    }

    /// Keeps a trial's checkpoint in place of the one before, once its next report is kept.
    public func save(_ checkpoint: Checkpoint) {
        content.withLock { $0.save(checkpoint) }
    }

    /// Lets the file grow to so many bytes at most, as a full disk would.
    public func limit(bytes: Int) throws {
        try content.withLock { content in
            let pages = max(1, bytes / (try Self.pageSize(content.connection)))
            try content.connection.run("PRAGMA max_page_count = \(pages)")
        }
    }

    /// Makes durable what was written.
    ///
    /// - Throws: `JournalError`, `StorageError`.
    public func sync() throws {
        try content.withLock { try sync(&$0) }
    }

    private func sync(_ content: inout JournalContent) throws {
        guard !content.isEmpty else { return }
        try Self.named(path) { try content.write() }
        let (events, reports) = content.stored
        let isInPlace = lock.withLock { lock in
            lock?.write(StudyMark(events: events, reports: reports))
            return lock?.isInPlace ?? true
        }
        guard isInPlace else {
            // The log has the old name: the file is to hold all by itself.
            try? content.connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
            throw StorageError.gone(path: path)
        }
    }

    /// The events from number `first` on, the first of all being 0.
    ///
    /// - Throws: `StorageError`.
    public func events(from first: Int) throws -> [Event] {
        try content.withLock { content in
            let known = content.stored.events
            let stored = first < known ? try stored(.events, content.connection).events : []
            let skipped = max(0, first - known)
            return Array(stored.dropFirst(max(0, first))) + content.events.dropFirst(skipped)
        }
    }

    /// The reports that came after the first `count`, in their order.
    ///
    /// - Throws: `StorageError`.
    public func arrivals(after count: Int) throws -> [ReceivedReport] {
        try content.withLock { content in
            let count = max(0, count)
            if let beginning = content.beginning {
                return Array(beginning.arrivals.dropFirst(count))
            }
            let known = content.stored.reports
            let stored =
                count < known
                ? try stored(.events, content.connection).arrivals.dropFirst(count) : []
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
            let read = try stored(.study, content.connection)
            return StudyBeginning(fold: read.fold, arrivals: read.arrivals)
        }
    }

    private func stored(
        _ purpose: StudyAssembly.Purpose, _ connection: SQLiteConnection
    ) throws -> StudyAssembly {
        var reader = StudyReader(
            ReadConnection(writing: connection, path: path), for: purpose)
        try reader.read()
        if let first = reader.damage.first {
            throw StorageError.damaged(path: path, what: first)
        }
        return reader.assembly
    }

    /// The checkpoint of a trial; nil where it has none.
    ///
    /// - Throws: `StorageError`.
    public func checkpoint(of trial: Int) throws -> Checkpoint? {
        try content.withLock { content in
            try Self.named(path) {
                try content.checkpoint(of: trial) {
                    try StudyReader.checkpoint(of: trial, on: $0, path: path)
                }
            }
        }
    }

    /// By trial, the resource of the last checkpoint. O(checkpoints), whatever they hold.
    ///
    /// - Throws: `StorageError`.
    public func checkpointResources(of trials: [Int]) throws -> [Int: Resource] {
        let all = try content.withLock { content in
            try Self.named(path) {
                try content.checkpointResources(stored: StudyReader.checkpointResources)
            }
        }
        let wanted = Set(trials)
        return all.filter { wanted.contains($0.key) }
    }

    /// Keeps what a report keeps. O(1).
    public func keep(_ artifact: Artifact) { content.withLock { $0.keep(artifact) } }

    /// Drops what a report keeps. O(1).
    public func drop(_ key: Artifact.Key) { content.withLock { $0.drop(key) } }

    /// What a report keeps; nil where that is nothing.
    ///
    /// - Throws: `StorageError`.
    public func artifact(_ key: Artifact.Key) throws -> Artifact? {
        try content.withLock { content in
            try Self.named(path) {
                try content.artifact(key) {
                    try StudyReader.artifact(key, on: $0, path: path)
                }
            }
        }
    }

    /// The reports that keep something.
    ///
    /// - Throws: `StorageError`.
    public func artifactKeys() throws -> [Artifact.Key] {
        try content.withLock { content in
            try Self.named(path) {
                try content.artifactKeys { try StudyReader.artifactKeys(on: $0) }
            }
        }
    }

    /// Makes all durable and closes the file, of which then nothing else is left beside it.
    public func close() throws {
        defer {
            content.withLock { $0.connection.close() }
            lock.withLock { $0 = nil }
        }
        try sync()
    }
}
