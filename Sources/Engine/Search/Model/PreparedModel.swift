import DeterministicMath

/// The model as one decision uses it: a Gaussian process for each objective, and what a gain in
/// hypervolume is measured against.
package struct PreparedModel: Sendable {
    /// How values of objectives become what the model sees.
    package let scale: ObjectiveScale
    /// The levels of the rungs, the lowest first.
    package let levels: [Resource]
    /// The least resource that counts as a cost.
    private let resolution: Resource
    private let constraints: ConstraintScale
    /// One for each objective.
    private let processes: [GaussianProcess]
    /// What the processes say comes on top of this; nil without earlier studies.
    private let earlier: CalibratedMean?
    /// One for each constraint.
    private let constraintProcesses: [GaussianProcess]
    /// The greatest w of each constraint that counts as kept.
    private let bounds: [Double]
    private var target: GainTarget
    /// What predicted deviations are multiplied by.
    package let deviationFactor: Double

    /// A point to judge: where it is and what resource it has had.
    package struct Subject {
        let point: [Double]
        let resource: Resource
    }

    /// What the model makes of a subject.
    package struct Judgement {
        /// The expected gain for a unit of cost at the level aimed for, or 0.
        var index = 0.0
        /// The level that has it; of equals the lowest.
        var level: Int
    }

    /// - Complexity: O(limit³ · objectives + directions · front · objectives).
    package init(
        _ history: ModelHistory, order: RecordOrder, fit: KernelFit?, isCategory: [Bool],
        earlier model: EarlierModel? = nil, settings: ModelSettings, streams: ModelStreams
    ) {
        let (scale, objectives) = (order.scale, history.objectives)
        let records = order.training(limit: settings.trainingLimit, history)
        let inputs = GaussianProcess.Inputs(
            points: records.map { history.point(of: history.records[$0].trial) },
            levels: records.map { history.records[$0].level }, isCategory: isCategory)
        let prior = KernelPrior(dimension: history.dimension, levels: history.levels.count)
        func process(
            _ number: Int, values: [Double], around means: [Double] = []
        ) -> GaussianProcess {
            GaussianProcess(
                inputs: inputs, values: values, around: means,
                parameters: fit.map {
                    KernelParameters(
                        logarithms: $0.logarithms[number], dimension: history.dimension)
                } ?? prior.meanParameters)
        }
        let running = history.running(limit: settings.runningLimit)
        let expected = GaussianProcess.Inputs(
            points: running.map(history.point),
            levels: running.map { history.target(of: $0) ?? 0 }, isCategory: isCategory)
        func expecting(_ process: GaussianProcess) -> GaussianProcess {
            running.isEmpty ? process : process.expecting(expected)
        }
        let values = (0..<objectives).map { j in
            records.map { scale.value(of: $0, j, in: history) }
        }
        let earlier = model.map {
            CalibratedMean($0, inputs: inputs, values: values, levels: history.levels.count)
        }
        processes = values.enumerated().map { j, values in
            expecting(process(j, values: values, around: earlier?.ownMeans[j] ?? []))
        }
        self.earlier = earlier
        constraintProcesses = (0..<history.constraints).map { j in
            expecting(
                process(
                    objectives + j,
                    values: records.map { order.constraints.value(of: $0, j, in: history) }))
        }
        constraints = order.constraints
        bounds =
            history.front.ids.isEmpty
            ? constraints.relaxedBounds : constraints.deviation.map { _ in 0 }
        target = GainTarget(
            reference: scale.reference,
            front: history.front.ids.map { scale.gains(of: $0, in: history) },
            directions: streams.directions(settings.directions, objectives: objectives),
            normals: streams.normals(objectives: objectives))
        (self.scale, levels, resolution) = (scale, history.levels, history.resolution)
        deviationFactor = settings.deviationFactor
        if !running.isEmpty { target = target.raised(by: gains(expectedOf: expected)) }
    }

    /// The gains that are expected of inputs, of those that are more likely than not to keep all
    /// constraints; [inputs][objectives].
    private func gains(expectedOf inputs: GaussianProcess.Inputs) -> [[Double]] {
        let columns = Columns(inputs.points, dimension: inputs.isCategory.count)
        let means = withEarlier(
            processes.map { $0.means(columns, at: levels.indices) }, of: columns, at: levels.indices
        )
        let likely = feasibility(
            of: inputs.points.map { Subject(point: $0, resource: 0) }, at: levels.indices,
            within: bounds.map { _ in 0 })
        return inputs.levels.enumerated().compactMap { place, level in
            guard likely.isEmpty || likely[level][place] >= 0.5 else { return nil }
            return processes.indices.map { j in
                let mean = means[j][level * columns.stride + place]
                return scale.gain(
                    warped: mean * scale.deviation[j] + scale.means[level][j], j)
            }
        }
    }

    /// The processes' means of some columns, [objectives][levels · stride], with what earlier studies
    /// say.
    private func withEarlier(
        _ means: [[Double]], of columns: Columns, at range: Range<Int>
    ) -> [[Double]] {
        guard let earlier else { return means }
        return zip(means, earlier.means(of: columns, at: range)).map { zip($0, $1).map(+) }
    }

    /// The index of each subject: the greatest expected gain, over the levels above the resource it
    /// has had, for the square root of what it costs to get there. With constraints a gain counts as
    /// far as it is likely that all are kept there; while no record keeps them, that they are kept as
    /// well as by the best.
    ///
    /// Source of the latter: Gardner et al. 2014, "Bayesian optimization with inequality constraints".
    package func judge(_ subjects: [Subject]) -> [Judgement] {
        let least = subjects.map(\.resource).min() ?? 0
        let first = levels.firstIndex { $0 > least } ?? levels.count
        let above = first..<levels.count
        // By resource, so that those below a level are the first ones.
        let order = subjects.indices.sorted {
            (subjects[$0].resource, $0) < (subjects[$1].resource, $1)
        }
        let sorted = order.map { subjects[$0] }
        let counts = above.map { level in sorted.count { $0.resource < levels[level] } }
        let outlooks = outlooks(for: sorted, at: above, counts: counts)
        let feasibility = feasibility(of: sorted, at: above, within: bounds)
        var judgements = subjects.map { subject in
            Judgement(level: levels.firstIndex { $0 > subject.resource } ?? levels.count - 1)
        }
        for (level, outlook) in zip(above, outlooks) {
            let count = counts[level - first]
            let gains = target.gains(
                means: outlook.means, deviations: outlook.deviations, count: count)
            var (from, root) = (Resource?.none, 1.0)
            for place in 0..<count {
                if sorted[place].resource != from {
                    from = sorted[place].resource
                    let cost = max(resolution, levels[level] - sorted[place].resource)
                    root = cost.double.squareRoot()
                }
                let likely = feasibility.isEmpty ? 1 : feasibility[level - first][place]
                let index = gains[place] * likely / root
                guard index > judgements[order[place]].index else { continue }
                judgements[order[place]] = Judgement(index: index, level: level)
            }
        }
        return judgements
    }

    /// The warped mean of each objective of a subject at a level, and its deviation, multiplied.
    package func outlook(for subject: Subject, at level: Int) -> (
        means: [Double], deviations: [Double]
    ) {
        let outlook = outlooks(for: [subject], at: level..<level + 1)[0]
        let stride = outlook.means.count / processes.count
        let places = processes.indices.map { $0 * stride }
        return (places.map { outlook.means[$0] }, places.map { outlook.deviations[$0] })
    }

    /// How likely each subject is to keep all constraints at each of some levels,
    /// [levels][subjects]; empty where there are no constraints.
    ///
    /// - Parameter bounds: the greatest w of each constraint that counts as kept.
    private func feasibility(
        of subjects: [Subject], at range: Range<Int>, within bounds: [Double]
    ) -> [[Double]] {
        guard let dimension = subjects.first?.point.count, !constraintProcesses.isEmpty else {
            return []
        }
        let columns = Columns(subjects.map(\.point), dimension: dimension)
        var likely = [[Double]](
            repeating: Array(repeating: 1, count: subjects.count), count: range.count)
        for (j, process) in constraintProcesses.enumerated() {
            let (prediction, unit) = (
                process.predict(columns, at: range), constraints.deviation[j]
            )
            for level in likely.indices {
                let mean = constraints.means[range.lowerBound + level][j]
                for place in subjects.indices {
                    let column = level * columns.stride + place
                    let expected = prediction.means[column] * unit + mean
                    let deviation = prediction.deviations[column] * unit * deviationFactor
                    likely[level][place] *= Elementary.normalProbability(
                        below: (bounds[j] - expected) / deviation)
                }
            }
        }
        return likely
    }

    /// How likely a subject is to keep all constraints at a level; nil where there are none.
    package func feasibility(of subject: Subject, at level: Int) -> Double? {
        constraintProcesses.isEmpty
            ? nil
            : feasibility(
                of: [subject], at: level..<level + 1, within: bounds.map { _ in 0 })[0][0]
    }

    /// The same for many subjects at each of some levels, [objectives][stride].
    ///
    /// - Parameter counts: for each level how many subjects, from the first on, are asked about; all
    ///   where it is empty.
    private func outlooks(
        for subjects: [Subject], at range: Range<Int>, counts: [Int] = []
    ) -> [(means: [Double], deviations: [Double])] {
        guard let dimension = subjects.first?.point.count else { return [] }
        let columns = Columns(subjects.map(\.point), dimension: dimension)
        let predictions = processes.map { $0.predict(columns, at: range, counts: counts) }
        let expected = withEarlier(predictions.map(\.means), of: columns, at: range)
        return range.map { level in
            let start = (level - range.lowerBound) * columns.stride
            let row = start..<start + columns.stride
            var (means, deviations) = ([Double](), [Double]())
            means.reserveCapacity(predictions.count * columns.stride)
            deviations.reserveCapacity(predictions.count * columns.stride)
            for (j, prediction) in predictions.enumerated() {
                let (mean, unit) = (scale.means[level][j], scale.deviation[j])
                let factor = unit * deviationFactor
                for place in row {
                    means.append(expected[j][place] * unit + mean)
                    deviations.append(prediction.deviations[place] * factor)
                }
            }
            return (means, deviations)
        }
    }
}
