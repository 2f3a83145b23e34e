import Engine
import Storage
import Testing

/// Studies whose resources are no whole numbers, in a file.
@Suite("Fractions of a resource in a file") struct FractionTests {
    private static func definition(_ resolution: Resource) throws -> StudyDefinition {
        try StudyDefinition(
            name: "s", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                timeAttribute: "seconds", maxResource: 9, resolution: resolution, gracePeriod: 1,
                kind: .promotion),
            trialLimit: 8)
    }

    /// Runs a study whose trials report after `step` each, with a checkpoint and what a report keeps.
    private static func write(_ journal: any Journal, step: Double, resolution: Resource) throws {
        var conductor = try Conductor(definition(resolution), journal: journal)
        var commands = try conductor.start()
        while !commands.isEmpty {
            let command = commands.removeFirst()
            guard let trial = command.trial else { continue }
            switch command {
            case .start, .continue:
                let seconds = conductor.reportedResource(of: trial).double + step
                let error = Double(trial * 7 % 5) / seconds
                commands += try conductor.report(
                    trial: trial, fields: ["seconds": .real(seconds), "error": .real(error)]
                ).commands
            default: break
            }
        }
        try journal.save(
            Checkpoint(trial: 2, resource: #require(Resource(step)), content: [1, 2]))
        try journal.keep(
            Artifact(.init(trial: 1, resource: #require(Resource(step))), content: [3]))
        try journal.sync()
    }

    @Test("events, reports, checkpoints and what reports keep come back exactly")
    func roundTrip() throws {
        let path = try Scratch().path("study.db")
        let memory = MemoryJournal()
        try Self.write(memory, step: 0.7, resolution: 0.5)
        let journal = try SQLiteJournal.create(at: path, about: .test)
        try Self.write(journal, step: 0.7, resolution: 0.5)
        try journal.close()
        let file = try StudyFile.read(at: path)
        #expect(file.damage == nil && file.events == memory.events(from: 0))
        #expect(file.arrivals.map(\.key) == memory.arrivals().map(\.key))
        #expect(file.checkpoints.map(\.resource) == [0.7])
        #expect(try StudyFile.artifact(.init(trial: 1, resource: 0.7), at: path)?.content == [3])
        let again = try SQLiteJournal.open(at: path)
        #expect(try again.artifactKeys() == [.init(trial: 1, resource: 0.7)])
        // A report that is sent again changes nothing.
        let first = try #require(file.arrivals.first)
        #expect(!again.receive(first))
        again.drop(.init(trial: 1, resource: 0.7))
        #expect(try again.artifactKeys() == [])
        try again.close()
        #expect(try Replay(file.events).disagreements.isEmpty)
    }

    @Test("only files with fractions have a version that programs without them refuse")
    func version() throws {
        for (step, resolution, version) in [(0.7, 0.5 as Resource, 4), (1, 1, 3)] {
            let path = try Scratch().path("study.db")
            let journal = try SQLiteJournal.create(at: path, about: .test)
            try Self.write(journal, step: step, resolution: resolution)
            try journal.close()
            let database = try Database(path)
            #expect(try database.integer("PRAGMA user_version") == version)
            let reals = "SELECT count(*) FROM reports WHERE typeof(resource) = 'real'"
            #expect(try (database.integer(reals) ?? 0 > 0) == (version == 4))
            try database.run("UPDATE study SET sum = 1")
            database.close()
            let events = try StudyFile.read(at: path).events
            _ = try StudyFile.salvage(at: path)
            let salvaged = try StudyFile.read(at: path)
            #expect(salvaged.damage == nil && salvaged.events == events)
            let fresh = try Database(path)
            #expect(try fresh.integer("PRAGMA user_version") == version)
            fresh.close()
        }
    }
}
