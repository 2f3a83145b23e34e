import Engine
import Foundation
import GRDB
import Storage
import Testing

@Suite("Studies in SQLite")
struct SQLiteJournalTests {
    @Test("a whole study comes back from the file as it was written")
    func reopened() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let memory = try SampleStudy.events()
        try SampleStudy.events(journal)
        try journal.close()
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(!FileManager.default.fileExists(atPath: path + ".lock"))
        let opened = try SQLiteJournal.open(at: path)
        #expect(try opened.events(from: 0) == memory.events(from: 0))
        #expect(try opened.events(from: 7) == memory.events(from: 7))
        #expect(try opened.arrivals() == memory.arrivals())
        #expect(try opened.checkpoint(of: 2) == memory.checkpoint(of: 2))
        let last = memory.events(from: 0).count - 1
        let more: [Event] = [.resumed(from: last), memory.events(from: last)[0]]
        try opened.append(more)
        try opened.close()
        let again = try StudyFile.read(at: path)
        #expect(again.events == memory.events(from: 0) + more)
        #expect(again.events.effective == memory.events(from: 0))
        #expect(again.damage == nil && again.note == .test)
    }

    @Test("values SQLite cannot tell apart come back as they were")
    func kinds() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let values: [Value] = [
            .boolean(true), .integer(1), .real(1), .string("1"), .string(""), .bytes([0xff, 0]),
            .list([.integer(1), .map(["a": .boolean(false)])]), .opaque("f"), .real(.nan),
            .real(-.infinity), .integer(.min), .string("quote \" '"),
        ]
        // Each value once in every parameter, so that columns meet kinds they were not made for.
        let events = values.indices.map { first -> Event in
            let entries = values.indices.map {
                Configuration.Entry(
                    ["a", "A", "number", "b \"b", "more", "ü", "f", "g", "h", "i", "j", "k"][$0],
                    values[(first + $0) % values.count])
            }
            return .started(
                .init(
                    trial: first + 1, configuration: Configuration(entries), bracket: 0, time: 0))
        }
        try journal.append(events)
        try journal.close()
        #expect(try StudyFile.read(at: path).events == events)
    }

    @Test("names that are taken, differ in case or are too many are kept all the same")
    func manyMetrics() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        var metrics: [String: Number] = ["Trial": 1, "sum": 2.5, "error": .real(.nan), "ERROR": 4]
        for index in 0..<150 { metrics["m\(index)"] = .integer(index) }
        let arrivals = (1...3).map {
            ReceivedReport(trial: $0, resource: 1, metrics: Metrics(metrics), seconds: 0.1)
        }
        for arrival in arrivals { journal.receive(arrival) }
        try journal.close()
        #expect(try StudyFile.read(at: path).arrivals == arrivals)
    }

    @Test("a second writer is refused and told who the first is")
    func secondWriter() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        #expect {
            _ = try SQLiteJournal.open(at: path)
        } throws: {
            "\($0)".contains("in use by process \(ProcessInfo.processInfo.processIdentifier) on ")
        }
        #expect(throws: StorageError.exists(path: path)) {
            _ = try SQLiteJournal.create(at: path, about: .test)
        }
        #expect(try StudyFolder.entry(path).state == .running)
        try journal.close()
        #expect(try StudyFolder.entry(path).state == .abandoned)
        try SQLiteJournal.open(at: path).close()
    }

    @Test("a reader sees what was synced, while it is written")
    func readers() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try journal.append([.interrupted(.interrupt)])
        #expect(try StudyFile.read(at: path).events == [])
        try journal.sync()
        #expect(try StudyFile.read(at: path).events == [.interrupted(.interrupt)])
        try journal.close()
    }

    @Test("a file that is no study is refused in one line")
    func others() throws {
        let scratch = try Scratch()
        let path = scratch.path("other.db")
        #expect(throws: StorageError.missing(path: path)) { try StudyFile.read(at: path) }
        #expect(throws: StorageError.notAStudy(path: scratch.folder.path, got: "a folder")) {
            try StudyFile.read(at: scratch.folder.path)
        }
        for content in ["", "x", String(repeating: "not a database ", count: 999)] {
            try content.write(toFile: path, atomically: false, encoding: .utf8)
            for open in [
                { _ = try StudyFile.read(at: path) }, { _ = try SQLiteJournal.open(at: path) },
            ] {
                #expect {
                    try open()
                } throws: {
                    "\($0)".hasPrefix("\(path): expected a study, got another")
                }
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
        }
    }

    @Test("a full disk is said, and what was kept before stays")
    func fullDisk() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try journal.limit(bytes: 120_000)
        var kept = 0
        #expect {
            for trial in 1...10_000 {
                journal.receive(
                    ReceivedReport(trial: trial, resource: 1, metrics: Metrics(["error": 1.5])))
                try journal.sync()
                kept = trial
            }
        } throws: {
            "\($0)" == "\(path): cannot be written: database or disk is full"
        }
        let file = try StudyFile.read(at: path)
        #expect(file.damage == nil && file.arrivals.count == kept && kept > 100)
        try journal.limit(bytes: 4_000_000)
        try journal.close()
        #expect(try StudyFile.read(at: path).arrivals.count == kept + 1)
    }

    @Test("studies of one name stand side by side")
    func folder() throws {
        let folder = try Scratch().path("a/b")
        for _ in 0..<3 {
            try StudyFolder.create(in: folder, about: StudyMetadata(name: "../x", created: ""))
                .close()
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                == ["_._x-2.db", "_._x-3.db", "_._x.db"])
        #expect(StudyFolder.list(folder).map(\.metadata.name) == ["../x", "../x", "../x"])
    }

    @Test("the tables that users query tell the study")
    func tables() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal)
        let state = try StudyState(events: journal.events(from: 0))
        try journal.close()
        let queue = try DatabaseQueue(path: path)
        try queue.read { db in
            let trials = try Row.fetchAll(
                db,
                sql: "SELECT trials.*, starts.* FROM trials JOIN starts USING (number) ORDER BY id")
            #expect(trials.map { $0["id"] as Int } == state.trials.map(\.id))
            #expect(trials.map { $0["state"] as String } == state.trials.map(\.state.rawValue))
            #expect(trials.map { $0["resource"] as Int } == state.trials.map(\.resource))
            #expect(trials.map { $0["reports"] as Int } == state.trials.map(\.reports.count))
            #expect(
                trials.map { .real($0["x"] as Double) }
                    == state.trials.map { $0.configuration["x"] })
            let decisions = try Row.fetchAll(
                db, sql: "SELECT * FROM decisions ORDER BY trial, number")
            let expected = state.trials.flatMap(\.decisions)
            #expect(decisions.map { $0["rung"] as Int } == expected.map(\.rung))
            #expect(
                decisions.map { $0["verdict"] as String } == expected.map(\.verdict.rawValue))
            #expect(decisions.map { $0["rank"] as Int } == expected.map(\.standing.rank))
            #expect(decisions.map { $0["out_of"] as Int } == expected.map(\.standing.outOf))
            let best = try Row.fetchAll(
                db, sql: "SELECT trial, resource, error FROM reports ORDER BY error LIMIT 1")
            #expect(best.map { $0["error"] as Double } == state.best(in: "error").map(\.values))
            let kinds = try String.fetchAll(db, sql: "SELECT kind FROM events WHERE number < 2")
            #expect(kinds == ["created", "started"])
        }
    }

    @Test("an event of a newer program is refused by its name")
    func unknownEvent() throws {
        let path = try Scratch().path("study.db")
        try SQLiteJournal.create(at: path, about: .test).close()
        let queue = try DatabaseQueue(path: path)
        try queue.write {
            try $0.execute(sql: "INSERT INTO events VALUES (0, 'merged', 1, 0, NULL, '{}', 0)")
        }
        try queue.close()
        #expect {
            try StudyFile.read(at: path)
        } throws: {
            "\($0)".contains("event \"merged\"")
        }
    }

    @Test("a file of a newer format is refused")
    func newerFormat() throws {
        let path = try Scratch().path("study.db")
        try SQLiteJournal.create(at: path, about: .test).close()
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 2") }
        try queue.close()
        let expected = StorageError.newer(path: path, version: 2, known: 1)
        #expect(throws: expected) { try StudyFile.read(at: path) }
        #expect(throws: expected) { _ = try SQLiteJournal.open(at: path) }
    }
}
