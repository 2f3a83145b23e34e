import Engine
import EngineTesting
import Foundation
import Storage
import Testing

/// A study of which one byte is another is resumed: what was readable stays, and the file can be
/// written.
@Suite("Changed bytes")
struct ByteChangeTests {
    /// Every byte in place of a sample of them: `make damage`.
    private static let isLong = ProcessInfo.processInfo.environment["MOHPO_DAMAGE"] != nil

    private let scratch: Scratch
    private let path: String
    private let bytes: [UInt8]

    init() throws {
        scratch = try Scratch()
        path = scratch.path("x.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: Self.isLong ? 250 : 60)
        for trial in 3...6 {
            journal.save(
                Checkpoint(trial: trial, resource: 1, content: Self.content(700 * trial)))
        }
        try journal.close()
        bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func content(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 / 3) }
    }

    private func clean() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) {
            try FileManager.default.removeItem(atPath: scratch.path(name))
        }
    }

    private enum Outcome { case refused, salvaged, intact }

    /// Resumes the study with one byte changed and adds to it.
    private func check(_ place: Int, _ byte: UInt8) throws -> Outcome {
        try clean()
        var changed = bytes
        changed[place] = byte
        try Data(changed).write(to: URL(fileURLWithPath: path))
        let what = "byte \(place) is \(byte) and was \(bytes[place])"
        let before = try? StudyFile.read(at: path)
        var isSalvaged = false
        let journal: SQLiteJournal
        do {
            journal = try SQLiteJournal.open(at: path) { _, _ in isSalvaged = true }
        } catch {
            // What says that it is another program's file is left alone.
            #expect(before == nil, "\(what): \(error)")
            let after = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect([UInt8](after) == changed, "\(what)")
            return .refused
        }
        let more = try add(to: journal, after: before?.events.count ?? 0)
        let file = try StudyFile.read(at: path)
        #expect(file.damage == nil, "\(what)")
        #expect(file.events.count == (before?.events.count ?? 0) + 1, "\(what)")
        #expect(file.events.dropLast() == (before?.events ?? [])[...], "\(what)")
        #expect(file.arrivals == (before?.arrivals ?? []) + more, "\(what)")
        return isSalvaged ? .salvaged : .intact
    }

    /// Reports with new columns and checkpoints, so many that each table gets new pages.
    private func add(
        to journal: SQLiteJournal, after position: Int
    ) throws -> [ReceivedReport] {
        let more = (0..<90).map { number in
            ReceivedReport(
                trial: 1_000 + number, resource: 1,
                metrics: Metrics(["error": .integer(number), Name("new \(number / 30)"): 1]))
        }
        for arrival in more {
            journal.receive(arrival)
            guard arrival.trial % 30 == 0 else { continue }
            journal.save(
                Checkpoint(
                    trial: arrival.trial, resource: 1, content: Self.content(3_000)))
            try journal.sync()
        }
        try journal.append(
            [.interrupted(.interrupt)], expecting: position, under: journal.takeLease())
        try journal.close()
        return more
    }

    @Test("no byte of a page's header keeps a study from being resumed, nor loses rows")
    func headers() throws {
        let places = stride(from: 0, to: bytes.count, by: 2_048).flatMap { page in
            page == 0 ? Array(0..<112) : Array(page..<page + 12)
        }
        try check(places, sample: 120)
    }

    @Test("no other byte does, either", arguments: 0..<4)
    func all(part: Int) throws {
        try check(Array(stride(from: part, to: bytes.count, by: 4)), sample: 15, seed: UInt64(part))
    }

    private func check(_ places: [Int], sample: Int, seed: UInt64 = 5) throws {
        var random = SeededRandom(seed: seed)
        var counts: [Outcome: Int] = [:]
        let places =
            Self.isLong
            ? places : (0..<sample).map { _ in places[Int(random.next() % UInt64(places.count))] }
        for place in places {
            let outcome = try check(place, bytes[place] ^ UInt8(1 + random.next() % 255))
            counts[outcome, default: 0] += 1
        }

        #expect(counts[.salvaged] ?? 0 > places.count / 4)
        #expect(counts[.refused] ?? 0 < places.count / 5)
    }

    @Test("a header that names another text encoding loses nothing", arguments: [0, 2, 3, 4, 6])
    func encoding(byte: UInt8) throws {
        let count = try StudyFile.read(at: path).events.count
        #expect(try check(59, byte) == .salvaged)
        #expect(try StudyFile.read(at: path).events.count == count + 1)
    }

    @Test("bytes that SQLite believes are damage", arguments: [(18, 7), (36, 1), (39, 1)])
    func believed(place: Int, byte: UInt8) throws {
        #expect(try check(place, byte) == .salvaged)
    }
}
