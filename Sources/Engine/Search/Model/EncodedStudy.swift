/// A study as a model sees it: configurations as points of the unit cube, reports as records.
///
/// A study keeps one where a model decides or proposes, and tells it of every event.
package struct EncodedStudy: Sendable {
    /// Of the study's space.
    package private(set) var encoding: UnitCubeEncoding
    /// What has happened.
    package private(set) var history: ModelHistory
    /// How often the study has been extended: what depends on its definition is to be made again.
    package private(set) var extensions = 0

    /// A study to which nothing has happened yet.
    init(space: SearchSpace, hyperband: Hyperband, objectives: Int, constraints: Int) {
        encoding = UnitCubeEncoding(space)
        history = ModelHistory(
            levels: hyperband.rungLevels + [hyperband.maxResource],
            resolution: hyperband.resolution, objectives: objectives,
            constraints: constraints, dimension: encoding.coordinates.count)
    }

    /// The next trial starts.
    ///
    /// - Complexity: O(parameters).
    mutating func start(_ configuration: Configuration, for reason: SlotReason?) {
        history.start(encoding.encode(configuration))
        note(reason)
    }

    /// A trial reports its costs, and how far it is beyond each constraint.
    mutating func report(
        _ costs: [Double], excesses: [Double], of trial: Int, at resource: Resource
    ) {
        history.report(costs, excesses: excesses, of: trial, at: resource)
    }

    /// A trial pauses.
    mutating func pause(_ trial: Int) { history.pause(trial) }

    /// A paused trial continues.
    mutating func resume(_ trial: Int, for reason: SlotReason?) {
        history.resume(trial)
        note(reason)
    }

    /// A trial runs again that was complete under a smaller maximum.
    mutating func run(_ trial: Int) { history.run(trial) }

    /// A trial ends, or is stopped.
    mutating func end(_ trial: Int) { history.end(trial) }

    /// The study is extended. What was the maximum stays a level.
    ///
    /// - Parameter configurations: of all trials, in order.
    /// - Complexity: O(trials · parameters).
    mutating func extend(
        space: SearchSpace, hyperband: Hyperband, configurations: [Configuration]
    ) {
        encoding = UnitCubeEncoding(space)
        extensions += 1
        let last = history.levels.last ?? 0
        history.extend(
            levels: (hyperband.rungLevels + [hyperband.maxResource]).filter { $0 > last },
            points: configurations.map(encoding.encode), dimension: encoding.coordinates.count)
    }

    private mutating func note(_ reason: SlotReason?) {
        if let fit = reason?.fit { history.note(fit) }
    }
}
