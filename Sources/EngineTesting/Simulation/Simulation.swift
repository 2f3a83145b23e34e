public import Engine
internal import Running

/// Runs a study of functions to its end on the simulated clock, in as little time as the functions
/// take.
///
/// For tests, and for trying out scheduler settings on a known function.
///
/// ```swift
/// let runner = FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
///     ["error": loss(configuration) / Double(epoch)]
/// }
/// var simulation = try Simulation(definition, runner: runner)
/// let state = try simulation.run()
/// ```
public struct Simulation<Runner: TrialRunner> {
    private let session: StudySession
    private let runner: Runner
    /// Is told of every event, with the study it has led to.
    var onEvent: ((Event, StudyState) -> Void)?

    /// A new study.
    ///
    /// - Parameters:
    ///   - journal: where the events go; nil to keep nothing but the state.
    ///   - policy: what decides about free slots, if not what the definition names.
    /// - Throws: what `Conductor(_:journal:)` throws.
    public init(
        _ definition: StudyDefinition, runner: Runner, journal: (any Journal)? = nil,
        policy: (any SlotPolicy)? = nil
    ) throws {
        session = try StudySession(
            new: definition, journal ?? DiscardingJournal(), policy: policy)
        self.runner = runner
    }

    /// Resumes the study that a journal holds.
    ///
    /// - Throws: what `Conductor(resuming:with:)` throws.
    public init(
        resuming journal: any Journal, with definition: StudyDefinition, runner: Runner,
        extending: Bool = false, policy: (any SlotPolicy)? = nil
    ) throws {
        session = try StudySession(
            resuming: journal.beginning(), in: journal, with: definition, extending: extending,
            policy: policy)
        self.runner = runner
    }

    /// Runs to the end, in the order of the simulated clock.
    ///
    /// - Throws: what the journal throws. A report that is wrong fails its trial.
    public mutating func run() throws -> StudyState { try run(choose: nil) }

    /// Runs to the end, or until `choose` gives nil; then the study is stopped.
    ///
    /// - Parameter choose: which of the ready trials takes its step next, that is, in which order
    ///   reports arrive.
    /// - Throws: what the journal throws. A report that is wrong fails its trial.
    public mutating func run(choosing choose: (Set<Int>) -> Int?) throws -> StudyState {
        try withoutActuallyEscaping(choose) { try run(choose: $0) }
    }

    private func run(choose: ((Set<Int>) -> Int?)?) throws -> StudyState {
        let clock = SimulationClock()
        let loop = StudyLoop(
            session, options: RunOptions(title: session.state.definition.name), clock: clock,
            onEvent: onEvent)
        let executor = FunctionExecutor(loop, runner: runner, clock: clock, choosing: choose)
        do { _ = try loop.run(executor) } catch RunError.journal(let error) { throw error }
        return loop.state
    }
}
