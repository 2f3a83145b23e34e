/// What the model knows of a study: which configuration each trial has, what was recorded at the
/// levels, and which trials are paused.
///
/// Levels are the rungs and the maximum resource. Costs are minimised. A record is the first report
/// of a trial at or past a level; a report that passes several is a record at the highest only.
///
/// Invariant: the records of a trial have increasing levels; trials are numbered from 1 on.
package struct ModelHistory: Sendable {
    /// A trial's report at a level.
    package struct Record: Sendable {
        /// The number of the trial, from 1.
        package let trial: Int
        /// The index of the level.
        package let level: Int
        /// The resource of the report, at least that of the level.
        package let resource: Resource
        /// Whether every cost is finite, and every excess.
        package let isValid: Bool
        /// Whether it is valid and keeps every constraint.
        package let isFeasible: Bool
        /// The trial's record before, if it has one.
        package let previous: Int?
    }

    /// A trial as far as the model sees it.
    package struct Entry: Sendable {
        /// The trial's last record.
        package var record: Int?
        /// It is paused, and may continue: its last record is valid.
        package var isWaiting = false
        /// The number of the change that made it wait, or cease to.
        package var change = 0
        /// Where it stands among `launches`; nil while it has no slot.
        fileprivate var launch: Int?
    }

    /// The resource of each level, increasing.
    package private(set) var levels: [Resource]
    /// The step in which the virtual clock counts the resource.
    package let resolution: Resource
    /// How many objectives there are.
    package let objectives: Int
    /// How many constraints there are.
    package let constraints: Int
    /// How many coordinates a point has.
    package private(set) var dimension: Int

    /// All records, in the order they were committed.
    package private(set) var records: [Record] = []
    /// Shape [records][objectives].
    private var costs: [Double] = []
    /// How far each record is beyond each constraint, negative where it keeps it,
    /// [records][constraints].
    private var excesses: [Double] = []
    /// All trials that have a record, in the order of their first.
    package private(set) var entries: [Entry] = []
    /// Shape [trials][dimension].
    private var points: [Double] = []
    /// For each level: valid records, trials that continued from it, trials that wait there.
    package private(set) var recorded: [Int]
    /// By level, how many trials continued from it.
    package private(set) var continued: [Int]
    /// By level, how many trials are paused there.
    package private(set) var waiting: [Int]
    /// How many trials have a valid record.
    package private(set) var recordedTrials = 0
    /// Which trials began or ceased to wait, in order.
    package private(set) var changes: [Int] = []
    /// How many trials that still wait began to before trial 1 did.
    private var waitingBeforeFirst = 0
    /// How many trials have started or continued: the number of the next decision.
    package private(set) var decisions = 0
    /// The last fit of the kernels; nil before there was one.
    package private(set) var fit: KernelFit?
    /// The front of all records.
    package private(set) var front: ParetoArchive
    /// Trials as they began to run to a level, those among them that no longer do.
    private var launches: [Int] = []
    private var runningTrials = 0

    /// - Parameters:
    ///   - levels: increasing resources, the last the maximum.
    ///   - resolution: the step in which the virtual clock counts them.
    ///   - objectives: how many costs a record has.
    ///   - constraints: how many constraints it may keep.
    ///   - dimension: how many coordinates a point has.
    package init(
        levels: [Resource], resolution: Resource = 1, objectives: Int, constraints: Int = 0,
        dimension: Int
    ) {
        self.resolution = resolution
        (self.levels, self.objectives, self.dimension) = (levels, objectives, dimension)
        self.constraints = constraints
        recorded = levels.map { _ in 0 }
        (continued, waiting) = (recorded, recorded)
        front = ParetoArchive(tolerances: Array(repeating: 0, count: objectives))
    }

    /// Whether trial 1 waits, and no other has waited longer.
    package var firstWaitsLongest: Bool {
        entries.first?.isWaiting == true && waitingBeforeFirst == 0
    }

    /// How many trials have started.
    package var startedTrials: Int { entries.count }

    /// The next trial starts, with a configuration that is encoded as `point`.
    package mutating func start(_ point: [Double]) {
        precondition(point.count == dimension, "a coordinate for each parameter")
        decisions += 1
        entries.append(Entry())
        points.append(contentsOf: point)
        run(entries.count)
    }

    /// The study is extended: there are levels above the last one, which stays a level, or points
    /// have other coordinates. The kernels' parameters then mean something else, and are forgotten.
    ///
    /// - Parameters:
    ///   - further: increasing resources above the last level.
    ///   - points: of all trials that have started, each of `dimension` coordinates.
    package mutating func extend(levels further: [Resource], points: [[Double]], dimension: Int) {
        precondition(points.count == entries.count, "a point for each trial")
        let joined = points.flatMap { $0 }
        guard !further.isEmpty || joined != self.points || dimension != self.dimension else {
            return
        }
        levels += further
        let none = further.map { _ in 0 }
        (recorded, continued, waiting) = (recorded + none, continued + none, waiting + none)
        (self.points, self.dimension, fit) = (joined, dimension, nil)
    }

    /// A trial reports at `resource`. Makes a record where the report is the first at or past a level.
    ///
    /// - Parameter excesses: how far the report is beyond each constraint.
    package mutating func report(
        _ costs: [Double], excesses: [Double] = [], of trial: Int, at resource: Resource
    ) {
        precondition(excesses.count == constraints, "an excess for each constraint")
        guard let level = levels.lastIndex(where: { $0 <= resource }) else { return }
        let previous = entries[trial - 1].record
        if let previous, records[previous].level >= level { return }
        let isValid = costs.allSatisfy(\.isFinite) && excesses.allSatisfy(\.isFinite)
        let isFeasible = isValid && excesses.allSatisfy { $0 <= 0 }
        if isValid {
            recorded[level] += 1
            if !hasValidRecord(trial) { recordedTrials += 1 }
            if isFeasible { _ = front.insert(costs, id: records.count) }
        }
        entries[trial - 1].record = records.count
        if entries[trial - 1].launch != nil { launch(trial) }
        records.append(
            Record(
                trial: trial, level: level, resource: resource, isValid: isValid,
                isFeasible: isFeasible, previous: previous))
        self.costs.append(contentsOf: costs)
        self.excesses.append(contentsOf: excesses)
    }

    /// A trial pauses at the level of its last record. One without a valid record there does not
    /// wait: it never continues.
    package mutating func pause(_ trial: Int) {
        leaveSlot(trial)
        guard let record = entries[trial - 1].record, records[record].isValid else { return }
        setWaiting(trial, true)
    }

    /// A paused trial continues.
    package mutating func resume(_ trial: Int) {
        decisions += 1
        if let level = level(of: trial) { continued[level] += 1 }
        setWaiting(trial, false)
        run(trial)
    }

    /// The kernels were fitted; later decisions use that fit. One that does not have the parameters of
    /// these kernels, as a file may tell it, is as good as none.
    package mutating func note(_ fit: KernelFit) {
        let (kernels, parameters) = (objectives + constraints, dimension + levels.count)
        let isWhole =
            fit.logarithms.count == kernels
            && fit.logarithms.allSatisfy { $0.count == parameters && $0.allSatisfy(\.isFinite) }
        self.fit = isWhole ? fit : nil
    }

    /// A trial runs that this history has not seen pause: one that was complete under a smaller
    /// maximum.
    package mutating func run(_ trial: Int) {
        guard entries[trial - 1].launch == nil else { return }
        runningTrials += 1
        launch(trial)
    }

    /// A trial ends, whether paused or not.
    package mutating func end(_ trial: Int) {
        leaveSlot(trial)
        setWaiting(trial, false)
    }

    /// The trials that run to a level, at most `limit`, those that began to last.
    ///
    /// - Complexity: O(trials that run).
    package func running(limit: Int) -> [Int] {
        var running: [Int] = []
        for place in launches.indices.reversed() {
            guard running.count < limit else { break }
            let trial = launches[place]
            let isCurrent = entries[trial - 1].launch == place
            if isCurrent, target(of: trial) != nil { running.append(trial) }
        }
        return running.reversed()
    }

    /// The level that a trial comes to next; nil where it has been at the highest.
    package func target(of trial: Int) -> Int? {
        let next = level(of: trial).map { $0 + 1 } ?? 0
        return next < levels.count ? next : nil
    }

    /// A trial begins to run to a level.
    private mutating func launch(_ trial: Int) {
        entries[trial - 1].launch = launches.count
        launches.append(trial)
        guard launches.count > 2 * runningTrials + 64 else { return }
        // Those before are forgotten.
        launches = launches.indices.filter { entries[launches[$0] - 1].launch == $0 }
            .map { launches[$0] }
        for (place, trial) in launches.enumerated() { entries[trial - 1].launch = place }
    }

    private mutating func leaveSlot(_ trial: Int) {
        if entries[trial - 1].launch != nil { runningTrials -= 1 }
        entries[trial - 1].launch = nil
    }

    private mutating func setWaiting(_ trial: Int, _ isWaiting: Bool) {
        guard entries[trial - 1].isWaiting != isWaiting, let level = level(of: trial) else {
            return
        }
        entries[trial - 1].isWaiting = isWaiting
        waiting[level] += isWaiting ? 1 : -1
        if trial == 1 {
            waitingBeforeFirst = waiting.reduce(0, +) - (isWaiting ? 1 : 0)
        } else if !isWaiting, entries[trial - 1].change < entries[0].change {
            waitingBeforeFirst -= 1
        }
        entries[trial - 1].change = changes.count
        changes.append(trial)
    }

    private func hasValidRecord(_ trial: Int) -> Bool {
        var record = entries[trial - 1].record
        while let number = record {
            if records[number].isValid { return true }
            record = records[number].previous
        }
        return false
    }

    /// The index of the level of a trial's last record.
    package func level(of trial: Int) -> Int? {
        entries[trial - 1].record.map { records[$0].level }
    }

    /// The costs of a record.
    package func costs(of record: Int) -> ArraySlice<Double> {
        costs[record * objectives..<(record + 1) * objectives]
    }

    /// How far a record is beyond a constraint.
    package func excess(of record: Int, _ constraint: Int) -> Double {
        excesses[record * constraints + constraint]
    }

    /// The encoded configuration of a trial.
    package func point(of trial: Int) -> [Double] {
        Array(points[(trial - 1) * dimension..<trial * dimension])
    }

    /// The records of a trial, the lowest first.
    package func ladder(of trial: Int) -> [Int] {
        var ladder: [Int] = []
        var record = entries[trial - 1].record
        while let number = record {
            ladder.append(number)
            record = records[number].previous
        }
        return ladder.reversed()
    }
}
