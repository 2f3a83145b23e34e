import Engine
import Foundation
import Storage
import Testing

/// The layer that writes each transaction to the log in one call.
@Suite("Transactions in the log")
struct JoinedLogTests {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.path("s.db")
    }

    private func arrival(_ trial: Int, _ resource: Int = 1) -> ReceivedReport {
        ReceivedReport(
            trial: trial, resource: Resource(resource), metrics: Metrics(["error": 0.5]))
    }

    /// The log's header and its frames: for each the size of the file after it commits, 0 where it does
    /// not.
    private func frames() throws -> [UInt32] {
        let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "-wal")))
        func word(_ place: Int) -> UInt32 {
            log[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        let size = 24 + Int(word(8))
        #expect((log.count - 32).isMultiple(of: size))
        return stride(from: 32, to: log.count, by: size).map { word($0 + 4) }
    }

    @Test(
        "what a transaction of any size has written is in the log when it ends",
        arguments: SQLiteJournal.Durability.allCases)
    func sizes(_ durability: SQLiteJournal.Durability) throws {
        let journal = try SQLiteJournal.create(at: path, about: .test, durability: durability)
        var (trial, written) = (0, 0)
        // From a few pages to many more than are held together, in one log.
        for count in [1, 2, 100, 1, 3_000, 1] {
            for _ in 0..<count {
                trial += 1
                journal.receive(arrival(trial))
            }
            try journal.sync()
            let frames = try frames()
            #expect(frames.count > written)
            #expect(frames.last != 0, "the last frame commits")
            written = frames.count
            let read = try StudyFile.read(at: path)
            #expect(read.damage == nil && read.arrivals.count == trial)
        }
        try journal.close()
    }

    @Test(
        "pages that do not fit into memory are written before the transaction ends, and read again")
    func spilled() throws {
        let journal = try SQLiteJournal.create(at: path, about: .test)
        for resource in 1...3 {
            journal.save(
                Checkpoint(
                    trial: 1, resource: Resource(resource),
                    content: (0..<12 << 20).map { UInt8(truncatingIfNeeded: $0 &* resource) }))
            journal.receive(arrival(1, resource))
            try journal.sync()
            let kept = try #require(try journal.checkpoint(of: 1))
            #expect(kept.resource == Resource(resource))
            #expect(kept.content[77] == UInt8(truncatingIfNeeded: 77 * resource))
        }
        try journal.close()
        let check = try Database(path).rows("PRAGMA integrity_check")
        #expect(check == [["integrity_check": .string("ok")]])
    }

    @Test("a transaction that fails leaves nothing, and the next one is written behind the last")
    func failing() throws {
        let journal = try SQLiteJournal.create(at: path, about: .test)
        journal.receive(arrival(1))
        try journal.sync()
        try journal.limit(bytes: 1 << 16)
        for trial in 2...5_000 { journal.receive(arrival(trial)) }
        #expect(throws: StorageError.self) { try journal.sync() }
        #expect(try StudyFile.read(at: path).arrivals.count == 1)
        try journal.limit(bytes: 1 << 30)
        try journal.sync()
        #expect(try StudyFile.read(at: path).arrivals.count == 5_000)
        try journal.close()
        #expect(try StudyFile.read(at: path).damage == nil)
    }
}
