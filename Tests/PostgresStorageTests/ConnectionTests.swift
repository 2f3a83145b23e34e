import Engine
import PostgresStorage
import PostgresTesting
import Testing

/// Connections that are lost, and deciders that another has replaced.
@Suite("Lost connections", .enabled(if: TestServer.programs != nil))
struct ConnectionTests {
    private let server: TestServer
    private let database: String

    init() throws {
        server = try TestServer.shared.get()
        database = try server.makeDatabase()
    }

    private static func events(_ range: Range<Int>) -> [Event] {
        range.map { .ended(.init(trial: $0, outcome: .returned, time: $0)) }
    }

    private static func arrival(_ trial: Int) -> ReceivedReport {
        ReceivedReport(trial: trial, resource: 1, metrics: Metrics(["x": .real(0.1)]))
    }

    /// Syncs until the server answers, at most ten times.
    ///
    /// - Returns: how often it did not.
    private func syncPatiently(_ journal: any Journal) throws -> Int {
        for attempt in 0..<10 {
            do {
                try journal.sync()
                return attempt
            } catch let error as JournalError where error.isTemporary { continue }
        }
        try journal.sync()
        return 10
    }

    @Test("what was committed, and whose answer was lost, is not written again")
    func lostAnswers() throws {
        let proxy = try TestProxy(server)
        let catalog = PostgresCatalog(try ServerAddress(proxy.address(database)))
        let journal = try catalog.create(.test)
        let lease = try journal.takeLease()
        for part in 0..<3 {
            try journal.append(
                Self.events(2 * part..<2 * part + 2), expecting: 2 * part, under: lease)
            try journal.receive(Self.arrival(part))
            try journal.save(Checkpoint(trial: 100 + part, resource: 1, content: [UInt8(part)]))
            proxy.loseNextBatch()
            #expect(try syncPatiently(journal) == 1)
        }
        #expect(try journal.events(from: 0) == Self.events(0..<6))
        #expect(try journal.arrivals() == (0..<3).map(Self.arrival))
        #expect(try journal.checkpoint(of: 102)?.content == [2])
        let counts = try server.query(
            "SELECT writes, events, reports FROM mohpo.leases", in: database)
        #expect(counts == ["3|6|3"])
        try journal.close()
    }

    @Test("what was not committed is sent again, with what has come since")
    func lostConnections() throws {
        let proxy = try TestProxy(server)
        let catalog = PostgresCatalog(try ServerAddress(proxy.address(database)))
        let journal = try catalog.create(.test)
        let lease = try journal.takeLease()
        for part in 0..<3 {
            try journal.append(
                Self.events(2 * part..<2 * part + 1), expecting: 2 * part, under: lease)
            proxy.cut()
            #expect(throws: JournalError.self) { try journal.sync() }
            try journal.append(
                Self.events(2 * part + 1..<2 * part + 2), expecting: 2 * part + 1, under: lease)
            _ = try syncPatiently(journal)
        }
        #expect(try journal.events(from: 0) == Self.events(0..<6))
        // What only reads waits by itself.
        proxy.cut()
        #expect(try journal.checkpoint(of: 1) == nil)
        try journal.close()
    }

    @Test("a decider that another has replaced writes nothing more")
    func fencing() throws {
        let catalog = PostgresCatalog(try ServerAddress(database))
        let first = try catalog.create(.test)
        let lease = try first.takeLease()
        try first.append(Self.events(0..<1), expecting: 0, under: lease)
        try first.sync()
        try first.append(Self.events(1..<2), expecting: 1, under: lease)
        // As if it had been frozen for longer than its lease lasts.
        _ = try server.query("UPDATE mohpo.leases SET holder = NULL", in: database)
        let second = try catalog.open("\(first.location)")
        let next = try second.takeLease()
        try second.append(Self.events(5..<6), expecting: 1, under: next)
        try second.sync()
        #expect(throws: JournalError.fenced(held: next.number, got: lease.number)) {
            try first.sync()
        }
        #expect(throws: JournalError.self) { try first.close() }
        #expect(try second.events(from: 0) == Self.events(0..<1) + Self.events(5..<6))
        #expect(try catalog.list().map(\.state) == [.running])
        try second.close()
    }

    @Test("two processes that open a study together do not both write it")
    func opening() throws {
        let catalog = PostgresCatalog(try ServerAddress(database))
        let place = "\(try catalog.create(.test).location)"
        let (first, second) = (try catalog.open(place), try catalog.open(place))
        let lease = try first.takeLease()
        try first.append(Self.events(0..<1), expecting: 0, under: lease)
        try first.sync()
        let next = try second.takeLease()
        try second.append(Self.events(7..<8), expecting: 0, under: next)
        #expect(throws: JournalError.position(expected: 0, got: 1)) { try second.sync() }
        #expect(try ServerStudy.read(place, keepsEvents: true).events == Self.events(0..<1))
    }

    @Test("a server that is not there is named, with the reason")
    func unreachable() throws {
        let address = "postgres:///db?host=/nowhere"
        let catalog = PostgresCatalog(try ServerAddress(address))
        let error = #expect(throws: ServerError.self) { try catalog.list() }
        #expect("\(error!)".hasPrefix("\(address): cannot be reached: "))
        #expect(!"\(error!)".contains("\n"))
    }
}
