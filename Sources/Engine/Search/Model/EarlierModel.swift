package import DeterministicMath

/// What earlier studies say a configuration is worth at each level.
///
/// One Gaussian process for each objective has seen the last records of the trials of all earlier
/// studies, each study under a scale of its own: what carries over between studies is how a
/// configuration compares with others, not its values. How far that holds in the new study is judged by
/// its own records (``CalibratedMean``).
///
/// Source: the stacking of regressors of Golovin et al. 2017, "Google Vizier: a service for black-box
/// optimization", with one level and a regression in place of its weights.
package struct EarlierModel: Sendable {
    /// One for each objective.
    private let processes: [GaussianProcess]

    /// Nil where no study has 3 trials with a record.
    ///
    /// - Parameters:
    ///   - studies: in the order of their names; together they train with `limit` records.
    ///   - levels: of the new study.
    /// - Complexity: O(trials + limit³ · objectives).
    package init?(
        _ studies: [EncodedEarlierStudy], levels: [Resource], isCategory: [Bool], weights: Weights,
        settings: ModelSettings, seed: Int
    ) {
        let histories = studies.map { $0.history(levels: levels, dimension: isCategory.count) }
            .filter { $0.recordedTrials >= 3 }
        guard let largest = histories.max(by: { $0.recordedTrials < $1.recordedTrials }) else {
            return nil
        }
        let orders = histories.map { history in
            RecordOrder(
                history,
                scale: ObjectiveScale(
                    history, first: history.records.count,
                    referenceQuantile: settings.referenceQuantile),
                scaled: history.records.count, weights: weights)
        }
        var inputs = GaussianProcess.Inputs(points: [], levels: [], isCategory: isCategory)
        var values = [[Double]](repeating: [], count: largest.objectives)
        for (history, order) in zip(histories, orders) {
            let room = max(1, settings.trainingLimit / histories.count)
            for record in order.training(limit: room, history) {
                inputs.points.append(history.point(of: history.records[record].trial))
                inputs.levels.append(history.records[record].level)
                for j in values.indices {
                    values[j].append(order.scale.value(of: record, j, in: history))
                }
            }
        }
        let fit: KernelFit? =
            largest.recordedTrials >= settings.firstFit
            ? zip(histories, orders).first { $0.0.recordedTrials == largest.recordedTrials }
                .map { history, order in
                    KernelFit(
                        history, order, isCategory: isCategory, limit: settings.trainingLimit,
                        seed: seed)
                } : nil
        let prior = KernelPrior(dimension: isCategory.count, levels: levels.count)
        processes = values.enumerated().map { j, values in
            GaussianProcess(
                inputs: inputs, values: values,
                parameters: fit.map {
                    KernelParameters(
                        logarithms: $0.logarithms[j], dimension: isCategory.count)
                } ?? prior.meanParameters)
        }
    }

    /// What is expected of each column at each of some levels, in standard deviations of the earlier
    /// studies, [objectives][levels][stride].
    fileprivate func means(of columns: Columns, at levels: Range<Int>) -> [[Double]] {
        processes.map { $0.means(columns, at: levels) }
    }
}

/// An earlier study whose configurations are points of the new study's unit cube.
package struct EncodedEarlierStudy: Sendable {
    private let study: EarlierStudy
    private let points: [[Double]]
    private let objectives: Int

    /// - Parameter encode: the point of a configuration.
    package init(_ study: EarlierStudy, objectives: Int, encode: (Configuration) -> [Double]) {
        (self.study, self.objectives) = (study, objectives)
        points = study.trials.map { encode($0.configuration) }
    }

    /// Its trials as a history of their own.
    fileprivate func history(levels: [Resource], dimension: Int) -> ModelHistory {
        var history = ModelHistory(
            levels: levels, objectives: objectives, dimension: dimension)
        for (index, trial) in study.trials.enumerated() {
            history.start(points[index])
            for report in trial.reports {
                history.report(report.costs, of: index + 1, at: report.resource)
            }
        }
        return history
    }
}

/// The mean that a model starts from: what earlier studies say, as far as a study's own records agree.
///
/// Of each objective it is a · (m − m̄), with m what the earlier studies expect, m̄ its average over the
/// study's own records, and a the slope of the records' values over m. The slope is drawn towards 1 as
/// if 4 records had said so, and is kept from 0 to 2: earlier studies of another problem soon count for
/// nothing.
package struct CalibratedMean: Sendable {
    private let model: EarlierModel
    /// a of each objective.
    package let slopes: [Double]
    /// m̄ of each objective.
    private let centers: [Double]
    /// What it is at the study's own records, [objectives][records].
    package let ownMeans: [[Double]]

    private static let trust = 4.0

    /// - Parameters:
    ///   - inputs: the study's own records.
    ///   - values: what the model is trained with, [objectives][records].
    package init(
        _ model: EarlierModel, inputs: GaussianProcess.Inputs, values: [[Double]], levels: Int
    ) {
        let columns = Columns(inputs.points, dimension: inputs.isCategory.count)
        let all = model.means(of: columns, at: 0..<levels)
        let means = all.map { means in
            inputs.levels.enumerated().map { means[$1 * columns.stride + $0] }
        }
        let count = Double(max(1, inputs.count))
        let centers = means.map { $0.reduce(0, +) / count }
        let slopes = means.indices.map { j in
            let average = values[j].reduce(0, +) / count
            var (products, squares) = (Self.trust, Self.trust)
            for (mean, value) in zip(means[j], values[j]) {
                products += (mean - centers[j]) * (value - average)
                squares += (mean - centers[j]) * (mean - centers[j])
            }
            return min(max(products / squares, 0), 2)
        }
        ownMeans = means.indices.map { j in means[j].map { slopes[j] * ($0 - centers[j]) } }
        (self.model, self.slopes, self.centers) = (model, slopes, centers)
    }

    /// What it is at each column, at each of some levels, [objectives][levels][stride].
    ///
    /// - Complexity: O(objectives · levels · columns · records of the earlier studies).
    package func means(of columns: Columns, at levels: Range<Int>) -> [[Double]] {
        model.means(of: columns, at: levels).enumerated().map { j, means in
            means.map { slopes[j] * ($0 - centers[j]) }
        }
    }
}
