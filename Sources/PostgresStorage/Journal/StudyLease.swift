internal import Engine
internal import Foundation
internal import Platform

/// The row of `mohpo.leases` that says who may write a study, until when, and how much is written.
///
/// A process that takes the lease over adds one to its epoch. A transaction that writes renews the
/// lease first, under its own epoch: it holds the row until it ends, and finds no row where another
/// has taken over.
struct StudyLease {
    /// How long a lease lasts that is not renewed, in seconds. All times are the server's.
    static let seconds = 3.0

    let epoch: Int
    let counts: StoredCounts
    /// Who has it; nil for no one.
    let holder: String?
    /// Seconds until it ends; 0 or below where it has.
    let rest: Double
    /// When it ends, by the server's clock, in seconds.
    let end: Double

    private static let columns = """
        epoch, writes, events, reports, holder,
        extract(epoch FROM greatest(until, 'epoch') - clock_timestamp()),
        extract(epoch FROM until)
        """

    private init?(_ row: QueryRow) {
        guard let epoch = row.integer(0), let writes = row.integer(1), let events = row.integer(2),
            let reports = row.integer(3), let rest = row.real(5), let end = row.real(6)
        else { return nil }
        (self.epoch, holder, self.rest, self.end) = (epoch, row.text(4), rest, end)
        counts = StoredCounts(writes: writes, events: events, reports: reports)
    }

    /// Whether a process writes the study.
    var isHeld: Bool { holder != nil && rest > 0 }

    /// The lease of a study.
    ///
    /// - Throws: `ServerError.missing` where there is no such study.
    static func read(
        of study: ServerAddress, id: Int, on connection: ServerConnection
    ) throws -> StudyLease {
        let found = try connection.run(
            "SELECT \(columns) FROM mohpo.leases WHERE study = $1", [.integer(id)])
        guard let row = found.first, let lease = StudyLease(row) else {
            throw ServerError.missing(study: "\(study)")
        }
        return lease
    }

    /// Takes the lease over. The agent of the process that had it, and has not renewed it, is gone with
    /// it: its trials need not wait for the end of the agent's own lease.
    ///
    /// - Returns: its epoch, and how much is written.
    static func take(
        of study: ServerAddress, id: Int, on connection: ServerConnection
    ) throws -> (epoch: Int, counts: StoredCounts) {
        let taken = try connection.run(
            """
            WITH last AS (SELECT holder FROM mohpo.leases WHERE study = $1),
            gone AS (
              UPDATE mohpo.agents SET until = clock_timestamp() FROM last
              WHERE agents.study = $1 AND NOT lost AND agents.holder = last.holder
                AND last.holder <> $2 RETURNING id)
            UPDATE mohpo.leases SET epoch = epoch + 1, holder = $2,
              until = clock_timestamp() + interval '\(seconds) s'
            WHERE study = $1 RETURNING epoch, writes, events, reports
            """, [.integer(id), .text(holder)])
        guard let row = taken.first, let epoch = row.integer(0), let writes = row.integer(1),
            let events = row.integer(2), let reports = row.integer(3)
        else { throw ServerError.missing(study: "\(study)") }
        return (epoch, StoredCounts(writes: writes, events: events, reports: reports))
    }

    /// Renews the lease; false where another has taken it over.
    static func renew(
        study id: Int, epoch: Int, on connection: ServerConnection
    ) throws -> Bool {
        try connection.run(
            """
            UPDATE mohpo.leases SET until = clock_timestamp() + interval '\(seconds) s'
            WHERE study = $1 AND epoch = $2
            """, [.integer(id), .integer(epoch)]
        ).changes > 0
    }

    /// A batch that renews the lease, counts itself, and notes what is to be written with it. It changes
    /// nothing where the lease is another's, or other batches have been written.
    static func batch(
        study id: Int, epoch: Int, from counts: StoredCounts, to next: StoredCounts
    ) -> StatementBatch {
        StatementBatch(
            renewingBy: """
                UPDATE mohpo.leases SET until = clock_timestamp() + interval '\(seconds) s',
                  writes = $4, events = $5, reports = $6, orders = orders + 1
                WHERE study = $1 AND epoch = $2 AND writes = $3 RETURNING orders
                """,
            [
                .integer(id), .integer(epoch), .integer(counts.writes), .integer(next.writes),
                .integer(next.events), .integer(next.reports),
            ])
    }

    /// Gives the lease back. What renews it meanwhile finds another epoch.
    static func release(study id: Int, epoch: Int, on connection: ServerConnection) throws {
        try connection.run(
            """
            UPDATE mohpo.leases SET epoch = epoch + 1, until = '-infinity', holder = NULL
            WHERE study = $1 AND epoch = $2
            """, [.integer(id), .integer(epoch)])
    }

    /// This process, for people.
    static let holder: String = {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        return "process \(getpid()) on \(host) since \(Date.now.formatted(.iso8601))"
    }()
}
