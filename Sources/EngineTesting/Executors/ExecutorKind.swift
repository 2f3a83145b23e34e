public import Running

/// A kind of executor, as the conformance suite has to know it: how to make one whose trials do what
/// their plans say.
///
/// ```swift
/// struct ProcessKind: ExecutorKind {
///     var description: String { "child processes" }
///     func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws {
///         let loop = try study.loop()
///         try body(loop, ProcessExecutor(loop, plans: study.plans))
///     }
/// }
/// ```
public protocol ExecutorKind: Sendable, CustomStringConvertible {
    /// Makes a loop and an executor for a study, and calls `body` with both, once, on the thread that
    /// the executor belongs to. Returns when `body` has.
    ///
    /// - Throws: what `body` and `study.loop` throw, and why no executor can be made.
    func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws
}

/// What the suite does with an executor.
public typealias ExecutorBody = @Sendable (StudyLoop, any TrialExecutor) throws -> Void

/// Trials that are functions, on the simulated clock.
public struct FunctionKind: ExecutorKind {
    /// The only one there is.
    public init() {}

    public var description: String { "functions" }

    /// Runs functions that follow the plans.
    public func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws {
        let clock = SimulationClock()
        let loop = try study.loop(clock: clock)
        try body(loop, FunctionExecutor(loop, runner: PlanRunner(study), clock: clock))
    }
}
