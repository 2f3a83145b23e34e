public import Engine

/// The studies of a database. Their addresses are `postgres://…#NUMBER`.
///
/// The tables are made when a study is first created there.
public struct PostgresCatalog: StudyCatalog {
    /// The database, and which of its studies the user has named, if any.
    public let address: ServerAddress

    /// A catalog of a database.
    public init(_ address: ServerAddress) { self.address = address }

    /// Makes a study.
    ///
    /// - Throws: `ServerError`.
    public func create(_ metadata: StudyMetadata) throws -> any Journal {
        let connection = try ServerConnection(address)
        try ServerSchema.prepare(on: connection, of: address)
        let id = try StudyRows.insert(metadata, on: connection)
        return PostgresJournal(
            address.address(ofStudy: id), id: id, epoch: 0, stored: StoredCounts())
    }

    /// Opens a study. Where another process has its lease, waits until that lease ends, or is renewed.
    ///
    /// - Throws: `ServerError`, `inUse` where the process lives.
    public func open(_ address: String) throws -> any Journal {
        try openToResume(address) { _ in }.journal
    }

    /// The studies, the newest first; none where no tables were made.
    ///
    /// - Throws: `ServerError`.
    public func list() throws -> [StudyEntry] {
        let connection = try ServerConnection(address)
        guard try ServerSchema.found(on: connection, of: address) > 0 else { return [] }
        return try StudyRows.read("", of: address, on: connection).map(\.entry)
    }

    /// The studies of a name and an ordinal count, the newest first; the one that the address names where
    /// it does.
    ///
    /// - Throws: `ServerError`.
    package func studies(named name: String, ordinal: Int) throws -> [StudyEntry] {
        let connection = try ServerConnection(address)
        guard try ServerSchema.found(on: connection, of: address) > 0 else { return [] }
        if address.study != nil, ordinal == 1 {
            return [try StudyRows.find(address, on: connection).study.entry]
        }
        return try StudyRows.read(
            "WHERE study.name = $1 AND ordinal = $2", [.text(name), .integer(ordinal)],
            of: address, on: connection
        ).map(\.entry)
    }

    /// Does what processes that run a study of that name do one after the other.
    ///
    /// - Throws: `ServerError`, and what `body` throws.
    package func alone<T>(with name: String, _ body: () throws -> T) throws -> T {
        let connection = try ServerConnection(address)
        defer { withExtendedLifetime(connection) {} }
        // "mohp". The lock goes with the session.
        try connection.run(
            "SELECT pg_advisory_lock(1836017776, hashtext($1))", [.text(name)])
        return try body()
    }

    /// The database: the study's number is known once it is made.
    public func plainLocation(of name: String) -> StudyLocation { .server("\(address)") }

    /// The study that the user has named, for the first experiment of a script; else the newest of the
    /// experiment's name and ordinal count.
    ///
    /// - Throws: `ServerError`.
    public func studyToResume(
        by experiment: StudyMetadata, ofRun run: String?
    ) throws -> String? {
        let connection = try ServerConnection(address)
        guard try ServerSchema.found(on: connection, of: address) > 0 else { return nil }
        if address.study != nil, experiment.ordinal == 1 {
            return try StudyRows.find(address, on: connection).study.entry.address
        }
        return try StudyRows.read(
            """
            WHERE study.name = $1 AND ordinal = $2 AND ($3::text IS NULL OR run = $3)
            """,
            [
                .text(experiment.name), .integer(experiment.ordinal),
                run.map(QueryParameter.text) ?? .null,
            ], of: address, on: connection
        ).first?.entry.address
    }

    /// Opens a study, as `open`.
    ///
    /// - Throws: `ServerError`, `inUse` where another process has its lease and lives.
    public func openToResume(
        _ address: String, report: (String) -> Void
    ) throws -> (journal: any Journal, metadata: StudyMetadata) {
        let address = try ServerAddress(address)
        let connection = try ServerConnection(address)
        try ServerSchema.prepare(on: connection, of: address)
        let (id, entry) = try StudyRows.find(address, on: connection).study
        let study = address.address(ofStudy: id)
        let lease = try freeLease(of: study, id: id, on: connection, report: report)
        return (try PostgresJournal.open(study, id: id, under: lease), entry.metadata)
    }

    /// The lease of a study that no process has. One that was killed has it for a moment.
    private func freeLease(
        of study: ServerAddress, id: Int, on connection: ServerConnection,
        report: (String) -> Void
    ) throws -> StudyLease {
        let first = try StudyLease.read(of: study, id: id, on: connection)
        guard first.isHeld, let holder = first.holder else { return first }
        report("\(study): waiting for the lease of \(holder)")
        let end = ContinuousClock.now + .seconds(first.rest + 0.1)
        while .now < end {
            ServerSession.rest()
            let lease = try StudyLease.read(of: study, id: id, on: connection)
            if !lease.isHeld { return lease }
            // The process that renews it lives.
            if lease.end > first.end { break }
        }
        throw ServerError.inUse(study: "\(study)", by: holder)
    }
}
