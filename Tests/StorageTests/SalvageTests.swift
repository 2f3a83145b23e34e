import Engine
import Foundation
import Storage
import Testing

/// Salvage that a kill has cut short.
@Suite("Interrupted salvage")
struct SalvageTests {
    private let scratch: Scratch
    private let path: String
    private var files: FileManager { .default }

    init() throws {
        scratch = try Scratch()
        path = scratch.path("x.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try SampleStudy.events(journal, trials: 30)
        try journal.close()
    }

    private func damage() throws {
        let database = try Database(path)
        try database.run("UPDATE events SET sum = 1 WHERE number = 40")
        database.close()
    }

    @Test("the next program finishes it, wherever it was cut", arguments: 0..<3)
    func finished(step: Int) throws {
        let whole = try StudyFile.read(at: path).events
        try damage()
        // What salvage makes, by a salvage of a copy.
        let copy = scratch.path("copy.db")
        try files.copyItem(atPath: path, toPath: copy)
        _ = try #require(try StudyFile.salvage(at: copy))
        try files.moveItem(atPath: copy, toPath: path + ".salvaged")
        if step > 0 { try files.linkItem(atPath: path, toPath: scratch.path("x.damaged.db")) }
        if step > 1 {
            try files.createSymbolicLink(atPath: path + "-shm", withDestinationPath: "no")
        }
        let journal = try SQLiteJournal.open(at: path)
        #expect(try journal.events(from: 0) == Array(whole.prefix(40)))
        try journal.close()
        #expect(!files.fileExists(atPath: path + ".salvaged"))
        #expect(files.fileExists(atPath: scratch.path("x.damaged.db")))
        #expect(!files.fileExists(atPath: scratch.path("x.damaged-2.db")))
        #expect(try StudyFile.read(at: path).damage == nil)
    }

    @Test(
        "what is no salvaged study does not take the place of one",
        arguments: ["", "text", "another study", "folder", "link"])
    func junk(kind: String) throws {
        let whole = try StudyFile.read(at: path)
        let place = path + ".salvaged"
        switch kind {
        case "folder":
            try files.createDirectory(atPath: place, withIntermediateDirectories: false)
        case "link":
            try files.copyItem(atPath: path, toPath: scratch.path("copy.db"))
            try files.createSymbolicLink(atPath: place, withDestinationPath: "copy.db")
        case "another study":
            let journal = try SQLiteJournal.create(at: place, about: .test)
            try SampleStudy.events(journal, trials: 31)
            try journal.close()
        default: try kind.write(toFile: place, atomically: false, encoding: .utf8)
        }
        let journal = try SQLiteJournal.open(at: path)
        #expect(try journal.events(from: 0) == whole.events)
        #expect(try journal.arrivals() == whole.arrivals)
        try journal.close()
        #expect(!files.fileExists(atPath: scratch.path("x.damaged.db")))
    }

    @Test("a checkpoint that was stored with a report that is lost is dropped with it")
    func checkpointsOfLostReports() throws {
        let journal = try SQLiteJournal.open(at: path)
        let arrivals = try journal.arrivals()
        let last = try #require(arrivals.last)
        // Taken before that report, as trials that pause at a rung do: it holds what the report says.
        let before = arrivals.dropLast().last { $0.trial == last.trial }?.resource ?? 0
        journal.save(Checkpoint(trial: last.trial, resource: before, content: [1]))
        try journal.close()
        #expect(try StudyFile.read(at: path).checkpoints.contains { $0.trial == last.trial })
        let database = try Database(path)
        try database.run("UPDATE reports SET sum = 1 WHERE sequence = \(arrivals.count)")
        database.close()
        _ = try #require(try StudyFile.salvage(at: path))
        #expect(try !StudyFile.read(at: path).checkpoints.contains { $0.trial == last.trial })
    }

    @Test("a checkpoint beyond the last report that was kept is dropped")
    func checkpoints() throws {
        let journal = try SQLiteJournal.open(at: path)
        let arrivals = try journal.arrivals()
        let last = try #require(arrivals.last)
        journal.save(Checkpoint(trial: last.trial, resource: last.resource, content: [1]))
        // One that a later report of its trial was stored with.
        let other = try #require(
            arrivals.first { $0.resource > 1 && $0.trial != last.trial }?.trial)
        journal.save(Checkpoint(trial: other, resource: 1, content: [2]))
        try journal.close()
        let database = try Database(path)
        try database.run("UPDATE reports SET sum = 1 WHERE sequence = \(arrivals.count)")
        database.close()
        _ = try #require(try StudyFile.salvage(at: path))
        let file = try StudyFile.read(at: path)
        #expect(file.damage == nil && file.arrivals == arrivals.dropLast())
        #expect(file.checkpoints.contains(Checkpoint(trial: other, resource: 1, content: [2])))
        #expect(
            !file.checkpoints.contains {
                $0.trial == last.trial && $0.resource >= last.resource
            })
    }
}
