/// Runs a whole study on the virtual clock, in as little time as the runner takes.
///
/// For tests, and for trying out scheduler settings on a known function.
public struct Simulation<Runner: TrialRunner> {
    private var conductor: Conductor
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

    /// Goes on with the study that a journal holds.
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
        follow(try conductor.start())
        while conductor.state.endReason == nil {
            guard let trial = choose(ready, conductor) else {
                follow(try conductor.stop(.stopped))
                break
            }
            try step(trial)
        }
        return conductor.state
    }

    private mutating func step(_ id: Int) throws {
        guard let trial = conductor.state.trial(id) else { return }
        let step = runner.step(
            trial: id, configuration: trial.configuration, after: lastResource[id] ?? 0)
        switch step {
        case .ended(let end): try finish(id, end)
        case .report(let fields):
            do {
                let reply = try conductor.report(trial: id, fields: fields)
                lastResource[id] =
                    fields[conductor.state.definition.hyperband.timeAttribute]?.number?.integer
                if reply.answer != .proceed { ready.remove(id) }
                follow(reply.commands)
            } catch let error as ReportError {
                try finish(id, .failed("\(error)"))
            }
        }
    }

    /// The last resource each trial reported, which the state learns only when it is committed.
    private var lastResource: [Int: Int] = [:]

    private mutating func finish(_ id: Int, _ end: TrialEnd) throws {
        ready.remove(id)
        follow(try conductor.trialEnded(id, end))
    }

    private mutating func begin(_ trial: Int) {
        conductor.trialBegins(trial)
        lastResource[trial] = 0
        ready.insert(trial)
    }

    private mutating func follow(_ commands: [Command]) {
        for command in commands {
            switch command {
            case .start(let trial, _, _), .retry(let trial): begin(trial)
            case .proceed(let trial), .resume(let trial):
                if lastResource[trial] == nil { begin(trial) } else { ready.insert(trial) }
            case .stop(let trial), .pause(let trial): ready.remove(trial)
            case .studyEnded: ready.removeAll()
            }
        }
    }
}
