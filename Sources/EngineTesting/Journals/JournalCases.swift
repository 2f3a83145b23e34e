internal import Engine

/// What the suite writes into journals.
enum JournalCases {
    /// An event that is known by its trial.
    static func event(_ trial: Int) -> Event {
        .ended(.init(trial: trial, outcome: .returned, time: trial))
    }

    /// The events 0 ..< `count`.
    static func events(_ count: Int) -> [Event] { (0..<count).map(event) }

    /// A report of one metric.
    static func arrival(_ trial: Int, _ resource: Resource = 1, error: Double = 0) -> ReceivedReport
    {
        ReceivedReport(trial: trial, resource: resource, metrics: Metrics(["error": .real(error)]))
    }

    /// The event of a report, as of virtual time 1.
    static func reported(_ arrival: ReceivedReport) -> Event {
        .reported(
            .init(
                trial: arrival.trial,
                report: Report(resource: arrival.resource, metrics: arrival.metrics, time: 1)))
    }

    /// A study of two parameters whose trials pause.
    static func definition() throws -> StudyDefinition {
        let space = try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("n", .domain(.int(IntDomain(1, 9)))),
        ])
        return try StudyDefinition(
            name: "s", seed: 1, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: .promotion), trialLimit: 12)
    }

    /// Runs that study, and keeps a checkpoint of trial 2.
    ///
    /// - Returns: the study at its end.
    @discardableResult
    static func run(_ journal: any Journal) throws -> StudyState {
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
            ["error": (configuration["x"]?.number?.double ?? 0) / Double(epoch)]
        }
        var simulation = try Simulation(definition(), runner: runner, journal: journal)
        let state = try simulation.run()
        try journal.save(Checkpoint(trial: 2, resource: 3, content: Array(0...99)))
        try journal.sync()
        return state
    }
}

extension Journal {
    /// Appends as if by a decider that has just taken over.
    func append(_ events: [Event]) throws {
        try append(events, expecting: self.events(from: 0).count, under: takeLease())
    }
}
