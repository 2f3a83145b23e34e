import Engine
import Foundation
import Storage
import Testing

@Suite("Studies in SQLite")
struct SQLiteJournalTests {
    let definition: StudyDefinition

    init() throws {
        let space = try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("n", .domain(.int(IntDomain(1, 9)))),
        ])
        definition = try StudyDefinition(
            name: "s", seed: 1, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: .promotion), trialLimit: 12)
    }

    @Test("a whole study comes back from the file as it was written")
    func reopened() throws {
        let path = try Scratch().path("study.db")
        let journal = try SQLiteJournal.create(at: path, about: .test)
        let memory = MemoryJournal()
        for journal in [journal, memory] as [any Journal] {
            let runner = FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
                ["error": (configuration["x"]?.number?.double ?? 0) / Double(epoch)]
            }
            var simulation = try Simulation(definition, runner: runner, journal: journal)
            _ = try simulation.run()
        }
        try journal.close()
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        let opened = try SQLiteJournal.open(at: path)
        #expect(try opened.events(from: 0) == memory.events(from: 0))
        #expect(try opened.events(from: 7) == memory.events(from: 7))
        #expect(try opened.arrivals() == memory.arrivals())
        try opened.truncate(to: 20)
        #expect(try opened.events(from: 0) == Array(memory.events(from: 0).prefix(20)))
        opened.append(memory.events(from: 20))
        try opened.close()
        let again = try SQLiteJournal.open(at: path)
        #expect(try again.events(from: 0) == memory.events(from: 0))
        try again.close()
    }
}
