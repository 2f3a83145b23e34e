import Engine
import Foundation
import Storage
import Testing

@Suite("Damaged studies")
struct DamageTests {
    let whole: MemoryJournal
    let bytes: [UInt8]
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        whole = try SampleStudy.events(trials: 60)
        let path = scratch.path("whole.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: 60)
        try journal.close()
        bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Expects all of the study, or a beginning and that it is said; gives whether it was whole.
    @discardableResult
    private func check(_ content: [UInt8], _ what: String, log: [UInt8]? = nil) throws -> Bool {
        let path = scratch.path("damaged.db")
        try Data(content).write(to: URL(fileURLWithPath: path))
        if let log { try Data(log).write(to: URL(fileURLWithPath: path + "-wal")) }
        defer {
            for ending in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
        }
        guard let file = try? StudyFile.read(at: path) else { return false }
        let (events, arrivals) = (whole.events(from: 0), whole.arrivals())
        #expect(file.events == Array(events.prefix(file.events.count)), "\(what)")
        #expect(file.arrivals == Array(arrivals.prefix(file.arrivals.count)), "\(what)")
        let isWhole =
            file.events.count == events.count && file.arrivals.count == arrivals.count
            && file.checkpoints.count == 1 && file.note == .test
        #expect(isWhole || file.damage != nil, "\(what)")
        return file.damage == nil
    }

    @Test("a flipped byte is said, or has changed nothing")
    func flippedBytes() throws {
        var random = SeededRandom(seed: 1)
        #expect(try check(bytes, "whole"))
        var unnoticed = 0
        for _ in 0..<500 {
            var damaged = bytes
            let place = Int(random.next() % UInt64(bytes.count))
            damaged[place] ^= UInt8(1 + random.next() % 255)
            if try check(damaged, "byte \(place) is \(damaged[place])") { unnoticed += 1 }
        }
        #expect(unnoticed < 500)
    }

    @Test("a file cut anywhere is said, and what is intact before the cut is kept")
    func cuts() throws {
        var kept = 0
        for length in stride(from: 0, to: bytes.count, by: 101) {
            #expect(try !check(Array(bytes[..<length]), "cut at \(length)"))
            kept += 1
        }
        #expect(kept > 100)
    }

    @Test("a damaged log is said, a torn end of it is not")
    func logs() throws {
        let path = scratch.path("log.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: 60)
        func content(_ ending: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + ending)))
        }
        let (file, log) = (try content(""), try content("-wal"))
        try journal.close()
        #expect(try check(file, "log", log: log))
        var random = SeededRandom(seed: 2)
        for _ in 0..<200 {
            var damaged = log
            let place = Int(random.next() % UInt64(log.count))
            damaged[place] ^= UInt8(1 + random.next() % 255)
            try check(file, "byte \(place) of the log", log: damaged)
        }
    }

    @Test(
        "what is damaged is said in words, with the table",
        arguments: [
            ("columns", "the names of metrics and parameters (tables columns and layouts)"),
            ("layouts", "the names of metrics and parameters (tables columns and layouts)"),
            ("row_counts", "the number of rows (table row_counts)"),
            ("study", "the note about the study (table study)"),
            ("checkpoints", "the checkpoints (table checkpoints)"),
            ("reports", "report 1 (table reports)"),
            ("events", "event 0 (tables events and starts)"),
        ])
    func words(table: String, what: String) throws {
        let path = scratch.path("words.db")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try Database(path).run("UPDATE \(table) SET sum = 1")
        let damage = try #require(try StudyFile.read(at: path).damage)
        #expect("\(damage)".hasPrefix("\(path): damaged at \(what); the first "))
    }

    @Test("what is intact is put in place of a damaged file, which is kept aside")
    func salvage() throws {
        let path = scratch.path("x.db")
        for number in 1...2 {
            try Data(bytes[..<(bytes.count * 2 / 3)]).write(to: URL(fileURLWithPath: path))
            #expect(throws: StorageError.self) { _ = try SQLiteJournal.open(at: path) }
            let result = try #require(try StudyFile.salvage(at: path))
            #expect(
                result.aside
                    == scratch.path(number == 1 ? "x.damaged.db" : "x.damaged-2.db"))
            #expect(try StudyFile.salvage(at: path)?.aside == nil)
            let file = try StudyFile.read(at: path)
            #expect(file.events == Array(whole.events(from: 0).prefix(file.events.count)))
            #expect(file.events.count == result.damage.events)
            let journal = try SQLiteJournal.open(at: path)
            try journal.close()
        }
    }
}

/// SplitMix64.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
