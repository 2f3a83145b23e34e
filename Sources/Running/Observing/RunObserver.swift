internal import Engine

/// Is told how a run comes along: the progress line, the log.
///
/// Called on the Lua thread, between two steps of the loop, so it should be quick.
package protocol RunObserver: AnyObject {
    /// Seconds between two calls of `waiting` while nothing else happens; nil: only then.
    var interval: Double? { get }
    func began(_ progress: RunProgress)
    /// The loop is about to wait for operations.
    func waiting(_ progress: () -> RunProgress)
    /// Code of the script's is about to run, which may print.
    func scriptGoesOn()
    func ended(_ progress: RunProgress)
    /// Messages below it are not shown, so that nobody need make them.
    var leastLevel: RunMessageLevel { get }
    func log(_ level: RunMessageLevel, _ message: String)
}

/// How urgent a message about a run is.
package enum RunMessageLevel: Sendable, CaseIterable, Comparable {
    case debug
    case info
    case notice
    case warning
}

/// Where a run stands.
package struct RunProgress: Sendable {
    /// The best value of one objective so far.
    package struct Best: Sendable {
        /// The objective's name.
        package let objective: String
        /// Its best valid value; nil before the first.
        package let value: Double?
    }

    /// The study's name.
    package let name: String
    /// Trials that may run at a time.
    package let slots: Int
    /// Threads that compute for them.
    package let workers: Int
    /// The command line has set neither slots nor workers.
    package let mayUseMoreCores: Bool
    /// How many trials the study starts at most; nil for no limit.
    package let trialLimit: Int?
    /// Trials that have started, also those that have ended.
    package let trialsStarted: Int
    /// Trials in a slot.
    package let trialsRunning: Int
    /// Trials that wait at a rung.
    package let trialsPaused: Int
    /// Reports taken so far, also those whose turn on the virtual clock has not come.
    package let reports: Int
    /// Resource used for them, in all trials: trial-epochs where the resource is epochs.
    package let resource: Int
    /// The name of the resource, such as `epoch`.
    package let timeAttribute: String
    /// Points on the front.
    package let frontSize: Int
    /// The best values, in the order of the objectives.
    package let best: [Best]
    /// Seconds since the start.
    package let elapsed: Double
    /// Seconds the study may take, if that is limited.
    package let timeOut: Double?
}

extension RunProgress {
    /// Trials that have completed, stopped or failed.
    package var trialsEnded: Int { trialsStarted - trialsRunning - trialsPaused }

    init(_ state: StudyState, _ counts: RunCounts, _ options: RunOptions, elapsed: Double) {
        let definition = state.definition
        name = definition.name
        (slots, workers) = (definition.slots, options.workers)
        mayUseMoreCores = options.mayUseMoreCores
        (reports, resource) = (counts.reports, counts.resource)
        timeAttribute = definition.hyperband.timeAttribute
        (self.elapsed, timeOut) = (elapsed, options.timeOut)
        trialLimit = definition.trialLimit
        trialsStarted = state.trials.count
        trialsRunning = state.trials.count { $0.state == .running }
        trialsPaused = state.trials.count { $0.state == .paused }
        frontSize = state.frontCount
        best = zip(definition.objectives, state.bestValues).map {
            Best(objective: $0.name, value: $1)
        }
    }
}
