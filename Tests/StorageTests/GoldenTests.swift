import Engine
import Foundation
import Storage
import Testing

/// Studies as released programs have left them: they are read for ever. Those of format 1 are in
/// `Golden/1`, made with the script there, and so on.
@Suite("Studies of older formats")
struct GoldenTests {
    private static let names = [1, 2, 3, 4].flatMap { format in
        ["finished", "interrupted", "abandoned"].map { "\(format)/\($0)" }
    }

    private func golden(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Golden/\(name)")
    }

    /// A copy of a study, with its log.
    private func copy(_ name: String) throws -> String {
        let scratch = try Scratch()
        for ending in [".db", ".db-wal"] {
            let file = golden(name + ending)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try FileManager.default.copyItem(
                at: file, to: scratch.folder.appending(path: "study" + ending))
        }
        return scratch.path("study.db")
    }

    private func exported(_ name: String) throws -> [Event] {
        try String(contentsOf: golden(name + ".jsonl"), encoding: .utf8).split(separator: "\n")
            .map { try EventLine.event($0) }
    }

    @Test("the file, and the lines of its export, tell the same study", arguments: names)
    func reading(name: String) throws {
        let file = try StudyFile.read(at: copy(name))
        #expect(file.damage == nil && file.note?.name == "golden")
        // The smallest of format 2 has 33.
        let least = name.hasPrefix("1") ? 50 : 30
        #expect(try file.events == exported(name) && file.events.count > least)
        #expect(file.arrivals.allSatisfy { $0.attempt == 1 } || !name.hasPrefix("1/"))
        #expect(try Replay(file.events).disagreements.isEmpty)
    }

    /// What later formats added comes from the files and not from defaults.
    @Test(
        "files of formats 3 and 4 hold texts, what reports keep, and fractions", arguments: [3, 4])
    func additions(format: Int) throws {
        let path = try copy("\(format)/finished")
        let file = try StudyFile.read(at: path)
        let definition = try StudyState(events: file.events).definition
        #expect(definition.constraints.map(\.metric) == ["cost"])
        #expect(definition.initial.count == 2)
        let first = try #require(file.arrivals.first { $0.trial == 1 })
        #expect(first.metrics.value(of: "note") == .string("odd"))
        #expect(first.metrics.value(of: "early") == .boolean(true))
        #expect(definition.hyperband.resolution == (format == 4 ? 0.5 : 1))
        #expect(first.resource == (format == 4 ? 0.8125 : 1))
        let journal = try SQLiteJournal.open(at: path)
        let keys = try journal.artifactKeys()
        #expect(!keys.isEmpty)
        for key in keys {
            #expect(try #require(try StudyFile.artifact(key, at: path)).content.count > 10)
        }
        try journal.close()
        let database = try Database(path)
        #expect(try database.integer("PRAGMA user_version") == format)
        database.close()
    }

    @Test("lines of this format tell the same events", arguments: names)
    func lines(name: String) throws {
        let events = try exported(name)
        #expect(try events.map { try EventLine.event(EventLine($0).text) } == events)
    }

    @Test("opened for writing it is rewritten, and holds what it held", arguments: names)
    func upgrading(name: String) throws {
        let path = try copy(name)
        let before = try StudyFile.read(at: path)
        let journal = try SQLiteJournal.open(at: path)
        let beginning = try journal.beginning()
        #expect(beginning.arrivals == before.arrivals)
        #expect(beginning.fold.total == before.events.count)
        for checkpoint in before.checkpoints {
            #expect(try journal.checkpoint(of: checkpoint.trial) == checkpoint)
        }
        let definition = try StudyState(events: before.events).definition
        var conductor = try Conductor(resuming: beginning, in: journal, with: definition)
        _ = try conductor.start()
        _ = try conductor.stop(.stopped)
        try journal.close()
        let after = try StudyFile.read(at: path)
        let kept = before.events.effective.prefix {
            if case .interrupted = $0 { false } else { true }
        }
        #expect(
            after.damage == nil && Array(after.events.effective.prefix(kept.count)) == Array(kept))
        #expect(after.note == before.note)
        #expect(try Replay(after.events).disagreements.isEmpty)
    }
}
