public import Engine

/// Where a run stands.
public struct RunProgress: Sendable {
    /// The best value of an objective so far.
    public struct Best: Sendable {
        /// The objective's name.
        public let objective: String
        /// Nil where no report had a finite one.
        public let value: Double?
        /// The trial that reported it.
        public let trial: Int?
    }

    /// The study's name.
    public let name: String
    /// The study's file; nil where it is kept in memory alone.
    public let place: String?
    /// How many trials run at a time.
    public let slots: Int
    /// How many threads compute.
    public let workers: Int
    /// The command line has set neither slots nor workers.
    public let mayUseMoreCores: Bool
    /// How many trials are to be run; nil where that is not limited.
    public let trialLimit: Int?
    /// How many trials have started.
    public let trialsStarted: Int
    /// How many have a slot.
    public let trialsRunning: Int
    /// How many wait at a rung without a slot.
    public let trialsPaused: Int
    /// Reports taken so far, also those whose turn on the virtual clock has not come.
    public let reports: Int
    /// Resource used for them, in all trials: trial-epochs where the resource is epochs.
    public let resource: Resource
    /// The name of the resource.
    public let timeAttribute: String
    /// How many reports are on the front.
    public let frontSize: Int
    /// One for each objective, in the order of their declaration.
    public let best: [Best]
    /// Seconds since the start.
    public let elapsed: Double
    /// Seconds the study may take, if that is limited.
    public let timeOut: Double?
}

extension RunProgress {
    /// How many trials have ended.
    public var trialsEnded: Int { trialsStarted - trialsRunning - trialsPaused }

    init(
        _ state: StudyState, at place: String?, counts: RunCounts, options: RunOptions,
        elapsed: Double
    ) {
        self.init(
            state, at: place, reports: counts.reports, resource: counts.resource, options: options,
            elapsed: elapsed)
    }

    init(
        _ state: StudyState, at place: String?, reports: Int, resource: Resource,
        options: RunOptions, elapsed: Double
    ) {
        let definition = state.definition
        (name, self.place) = (definition.name, place)
        (slots, workers) = (definition.slots, options.workers)
        mayUseMoreCores = options.mayUseMoreCores
        (self.reports, self.resource) = (reports, resource)
        timeAttribute = definition.hyperband.timeAttribute
        (self.elapsed, timeOut) = (elapsed, options.timeOut)
        trialLimit = definition.trialLimit
        trialsStarted = state.trials.count
        trialsRunning = state.trials.count { $0.state == .running }
        trialsPaused = state.trials.count { $0.state == .paused }
        frontSize = state.frontCount
        best = definition.objectives.enumerated().map { index, objective in
            let point = state.best(in: objective.name)
            return Best(
                objective: objective.name, value: point?.values[index], trial: point?.trial)
        }
    }
}
