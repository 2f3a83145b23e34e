import Engine
import EngineTesting
import Storage

/// A study with every kind of event, of parameters and of metrics.
enum SampleStudy {
    static func events(_ journal: any Journal, trials: Int = 12) throws {
        let space = try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("n", .domain(.int(IntDomain(1, 9)))),
        ])
        let definition = try StudyDefinition(
            name: "s", seed: 1, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: .promotion), trialLimit: trials)
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
            ["error": (configuration["x"]?.number?.double ?? 0) / Double(epoch)]
        }
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        _ = try simulation.run()
        try journal.save(Checkpoint(trial: 2, resource: 3, content: Array(0...99)))
        try journal.sync()
    }

    static func events(trials: Int = 12) throws -> MemoryJournal {
        let journal = MemoryJournal()
        try events(journal, trials: trials)
        return journal
    }
}
