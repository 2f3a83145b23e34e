public import Engine

/// Runs a whole study on the virtual clock, in as little time as the runner takes.
///
/// For tests, and for trying out scheduler settings on a known function.
public struct Simulation<Runner: TrialRunner> {
    var conductor: Conductor
    private var runner: Runner
    /// Trials that may take a step now.
    private var ready: Set<Int> = []

    /// - Parameter journal: where the events go; nil to keep nothing but the state.
    public init(
        _ definition: StudyDefinition, runner: Runner, journal: (any Journal)? = nil
    ) throws {
        conductor = try Conductor(definition, journal: journal ?? DiscardingJournal())
        self.runner = runner
    }

    /// Resumes the study that a journal holds.
    ///
    /// - Throws: what `Conductor(resuming:with:)` throws.
    public init(
        resuming journal: any Journal, with definition: StudyDefinition, runner: Runner,
        extending: Bool = false
    ) throws {
        conductor = try Conductor(resuming: journal, with: definition, extending: extending)
        self.runner = runner
    }

    /// Runs to the end, always the trial with the lowest virtual time first.
    public mutating func run() throws -> StudyState {
        try run { ready, conductor in
            ready.min {
                (conductor.virtualTime(of: $0) ?? 0, $0) < (conductor.virtualTime(of: $1) ?? 0, $1)
            }
        }
    }

    /// Runs to the end, or until `choose` gives nil; then the study is stopped.
    ///
    /// - Parameter choose: which of the ready trials takes its step next, that is, in which order
    ///   reports arrive.
    /// - Throws: what the journal throws. A `ReportError` fails the trial that reported.
    public mutating func run(
        choosing choose: (Set<Int>, Conductor) -> Int?
    ) throws -> StudyState {
        try follow(conductor.start())
        while conductor.state.endReason == nil {
            guard let trial = choose(ready, conductor) else {
                try follow(conductor.stop(.stopped))
                break
            }
            try step(trial)
        }
        return conductor.state
    }

    private mutating func step(_ id: Int) throws {
        guard let trial = conductor.state.trial(id) else { return }
        ready.remove(id)
        let step = runner.step(
            trial: id, configuration: trial.configuration,
            after: conductor.reportedResource(of: id))
        switch step {
        case .ended(let end): try follow(conductor.trialEnded(id, end))
        case .report(let fields):
            do {
                try follow(conductor.report(trial: id, fields: fields).commands)
            } catch let error as ReportError {
                try follow(conductor.trialEnded(id, .failed("\(error)")))
            }
        }
    }

    private mutating func follow(_ commands: [Command]) throws {
        for command in commands {
            switch command {
            case .start(let trial, _, _), .continue(let trial), .retry(let trial):
                ready.insert(trial)
            case .pause(let trial), .stop(let trial), .complete(let trial): ready.remove(trial)
            case .decide(let request): try follow(conductor.decided(request.compute()))
            case .studyEnded: ready.removeAll()
            }
        }
    }
}
