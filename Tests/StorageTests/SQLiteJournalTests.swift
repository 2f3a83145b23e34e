import Engine
import Foundation
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
        var metrics: [Name: Number] = ["Trial": 1, "sum": 2.5, "error": .real(.nan), "ERROR": 4]
        for index in 0..<150 { metrics[Name("m\(index)")] = .integer(index) }
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
        #expect(try StudyFile.entry(at: path).state == .running)
        try journal.close()
        #expect(try StudyFile.entry(at: path).state == .abandoned)
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
            try FolderCatalog(folder).create(StudyMetadata(name: "../x", created: "")).close()
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                == ["_._x-2.db", "_._x-3.db", "_._x.db"])
        #expect(FolderCatalog(folder).list().map(\.metadata.name) == ["../x", "../x", "../x"])
    }

    @Test("the tables that users query tell the study")
    func tables() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal)
        let state = try StudyState(events: journal.events(from: 0))
        try journal.close()
        let database = try Database(path)
        func column(_ name: String, of rows: [[String: Value]]) -> [Value?] {
            rows.map { $0[name] }
        }
        let trials = try database.rows(
            "SELECT trials.*, starts.* FROM trials JOIN starts USING (number) ORDER BY id")
        #expect(column("id", of: trials) == state.trials.map { .integer($0.id) })
        #expect(column("state", of: trials) == state.trials.map { .string($0.state.rawValue) })
        #expect(column("resource", of: trials) == state.trials.map { .integer($0.resource.whole) })
        #expect(column("reports", of: trials) == state.trials.map { .integer($0.reports.count) })
        #expect(column("x", of: trials) == state.trials.map { $0.configuration["x"] })
        let decisions = try database.rows("SELECT * FROM decisions ORDER BY trial, number")
        let expected = state.trials.flatMap(\.decisions)
        #expect(column("rung", of: decisions) == expected.map { .integer($0.rung.whole) })
        #expect(column("verdict", of: decisions) == expected.map { .string($0.verdict.rawValue) })
        #expect(column("rank", of: decisions) == expected.map { .integer($0.standing.rank) })
        #expect(column("out_of", of: decisions) == expected.map { .integer($0.standing.outOf) })
        let best = try database.rows(
            "SELECT trial, resource, error FROM reports ORDER BY error LIMIT 1")
        #expect(
            best.map { $0["error"]?.number?.double } == state.best(in: "error").map(\.values))
        let kinds = try database.rows("SELECT kind FROM events WHERE number < 2")
        #expect(column("kind", of: kinds) == ["created", "started"].map { .string($0) })
    }

    @Test("views leave out what a resumption has superseded")
    func history() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal)
        let events = try journal.events(from: 0)
        let last = events.count - 1
        func ended(_ outcome: Outcome) -> Event {
            .ended(.init(trial: 1, outcome: outcome, time: 99))
        }
        try journal.append([
            .resumed(from: last), .interrupted(.interrupt), ended(.interrupted),
            .finished(.interrupt), .resumed(from: last + 2), ended(.failed("say \"no\"")),
            .finished(.trialsDone),
        ])
        try journal.close()
        let database = try Database(path)
        let numbers = try database.rows("SELECT number FROM history ORDER BY number")
        #expect(
            numbers.map { $0["number"] }
                == (Array(0..<last) + [last + 6, last + 7]).map { .integer($0) })
        let trial = try database.rows("SELECT state, error FROM trials WHERE id = 1")
        #expect(trial == [["state": .string("failed"), "error": .string("say \"no\"")]])
    }

    @Test("reports of two attempts of one resource are two reports")
    func attempts() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let arrivals = [1, 2].map {
            ReceivedReport(
                trial: 1, attempt: $0, resource: 1, metrics: Metrics(["error": .integer($0)]))
        }
        #expect((arrivals + arrivals).map { journal.receive($0) } == [true, true, false, false])
        let events = arrivals.reversed().map {
            Event.reported(
                .init(
                    trial: 1, attempt: $0.attempt,
                    report: Report(resource: 1, metrics: $0.metrics, time: 1)))
        }
        try journal.append(events)
        try journal.close()
        let file = try StudyFile.read(at: path)
        #expect(file.arrivals == arrivals && file.events == events && file.damage == nil)
        let rows = try Database(path).rows(
            "SELECT attempt FROM reports JOIN events ON report = sequence ORDER BY number")
        #expect(rows.map { $0["attempt"] } == [.integer(2), .integer(1)])
    }

    @Test("an event of a newer program is refused by its name")
    func unknownEvent() throws {
        let path = try Scratch().path("study.db")
        try SQLiteJournal.create(at: path, about: .test).close()
        let database = try Database(path)
        try database.run("INSERT INTO events VALUES (0, 'merged', 1, 0, NULL, '{}', 0)")
        database.close()
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
        let database = try Database(path)
        try database.run("PRAGMA user_version = 5")
        database.close()
        let expected = StorageError.newer(path: path, version: 5, known: 4)
        #expect(throws: expected) { try StudyFile.read(at: path) }
        #expect(throws: expected) { _ = try SQLiteJournal.open(at: path) }
    }
}
