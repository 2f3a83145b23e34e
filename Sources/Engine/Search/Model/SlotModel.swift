import DeterministicMath

/// Decides who gets a free slot: a paused trial, or a new configuration that it proposes.
///
/// One small Gaussian process for each objective, over (configuration, level), says how much
/// hypervolume each paused trial and each candidate promises for its cost. Quotas keep a part of
/// every level going, whatever the model says.
///
/// A choice depends on the seed and the history alone. What is kept besides is a cache.
///
/// Source: Swersky, Snoek, Adams 2014, "Freeze-thaw Bayesian optimization"; Wistuba, Kadra, Grabocka
/// 2022, "Supervising the multi-fidelity race of hyperparameter configurations" (DyHPO).
package struct SlotModel: Sendable {
    /// What the study lets the model do.
    package struct Permission: Hashable, Sendable {
        /// A new trial can start.
        package var canStart = true
        /// Where none can: paused trials continue also when they are not due, as long as they
        /// promise a gain, since a budget or a time limit ends the study.
        package var continuesForGain = true

        /// What the study lets the model do.
        package init(canStart: Bool = true, continuesForGain: Bool = true) {
            (self.canStart, self.continuesForGain) = (canStart, continuesForGain)
        }
    }

    private let seed: Int
    private let settings: ModelSettings
    private let encoding: any UnitEncoding
    private let categories: [Int?]
    private let hasPriors: Bool
    private let weights: Weights
    private var order: RecordOrder?
    private let earlierStudies: [EncodedEarlierStudy]
    /// What those say, and for which levels; nil until it is first asked for.
    private var earlier: (levels: [Resource], model: EarlierModel?)?

    /// - Parameters:
    ///   - encoding: of the study's space.
    ///   - seed: what every random draw follows from.
    ///   - weights: those that choose the records which train the model.
    ///   - earlier: what the model starts from.
    package init(
        encoding: any UnitEncoding, seed: Int, weights: Weights,
        settings: ModelSettings = ModelSettings(), earlier: [EncodedEarlierStudy] = []
    ) {
        (self.encoding, self.seed, earlierStudies) = (encoding, seed, earlier)
        (self.weights, self.settings) = (weights, settings)
        categories = encoding.categories
        hasPriors = encoding.priors.contains { $0 != nil }
    }

    /// The model of a study.
    package init(_ definition: StudyDefinition) {
        var settings = ModelSettings(reductionFactor: definition.hyperband.reductionFactor)
        if !definition.rules.modelCountsRunning { settings.runningLimit = 0 }
        if !definition.earlier.isEmpty { settings.firstTrials = settings.firstTrialsWithEarlier }
        // The configurations that are given come before all that it proposes.
        settings.firstTrials = max(
            settings.firstTrials, definition.initial.count + (definition.firstIsDefault ? 1 : 0))
        let names = definition.objectives.map(\.name)
        let encoding = UnitCubeEncoding(definition.space)
        self.init(
            encoding: encoding, seed: definition.seed,
            weights: Weights(
                count: definition.ranking.weightCount, objectives: names, seed: definition.seed),
            settings: settings,
            earlier: definition.earlier.map {
                EncodedEarlierStudy($0, objectives: names.count, encode: encoding.encode)
            })
    }

    /// Whether the next choice compares trials, which takes time.
    package func takesTime(_ history: ModelHistory, canStart: Bool) -> Bool {
        guard history.recordedTrials >= 3, !history.firstWaitsLongest else { return false }
        return history.startedTrials >= settings.firstTrials || !canStart
            || dueLevel(history) != nil
    }

    /// What a free slot takes.
    ///
    /// - Parameters:
    ///   - history: what has happened; the same study's as before, grown.
    ///   - permission: what the study lets the model do.
    ///   - isUsed: whether a trial has had the configuration at a point.
    /// - Complexity: O(limit³ · objectives) and O(candidates · limit² · levels · objectives),
    ///   whatever the number of records; O(records) when they have grown by 1/64 since the scale was
    ///   taken.
    package mutating func choose(
        _ history: ModelHistory, permission: Permission = Permission(),
        isUsed: ([Double]) -> Bool
    ) -> ModelChoice {
        if history.recordedTrials < 3 {
            return permission.canStart ? ModelChoice(.startAtRandom, .few) : lowest(of: history)
        }
        if history.firstWaitsLongest { return ModelChoice(.resume(trial: 1), .first) }
        let streams = ModelStreams(seed: seed, decision: history.decisions)
        if let due = dueLevel(history) {
            return continueDue(due, history: history, streams: streams)
        }
        if permission.canStart {
            if history.startedTrials < settings.firstTrials {
                return ModelChoice(.startAtRandom, .few)
            }
            if streams.coin < settings.randomShare { return ModelChoice(.startAtRandom, .random) }
        } else if !permission.continuesForGain {
            return ModelChoice(.leaveFree, .nothing)
        }
        return compare(history, streams: streams, canStart: permission.canStart, isUsed: isUsed)
    }

    /// A configuration for a new trial where the model does nothing but propose; at random while few
    /// have a record, and now and then.
    ///
    /// - Complexity: as `choose`.
    package mutating func propose(
        _ history: ModelHistory, isUsed: ([Double]) -> Bool
    ) -> ModelChoice {
        let streams = ModelStreams(seed: seed, decision: history.decisions)
        guard history.recordedTrials >= settings.firstTrials else {
            return ModelChoice(.startAtRandom, .few)
        }
        guard streams.coin >= settings.randomShare else {
            return ModelChoice(.startAtRandom, .random)
        }
        let (_, model, fit) = prepare(history, streams)
        let new = propose(history, model: model, streams: streams, isUsed: isUsed)
        var choice =
            new.map { ModelChoice(.start(point: $0.subject.point), .index) }
            ?? ModelChoice(.startAtRandom, .random)
        explain(&choice, ranked: [new].compactMap { $0 }, model: model)
        choice.reason.fit = fit
        return choice
    }

    /// Forgets what can be worked out again.
    package mutating func forgetCaches() { (order, earlier) = (nil, nil) }

    /// The highest level of which fewer trials continued than its quota asks for.
    private func dueLevel(_ history: ModelHistory) -> Int? {
        (0..<max(0, history.levels.count - 1)).last { level in
            let quota = level == 0 ? settings.lowestQuota : settings.quota
            return history.waiting[level] > 0
                && history.continued[level] < history.recorded[level] / quota
        }
    }

    private func lowest(of history: ModelHistory) -> ModelChoice {
        guard let trial = history.entries.firstIndex(where: \.isWaiting) else {
            return ModelChoice(.leaveFree, .nothing)
        }
        return ModelChoice(.resume(trial: trial + 1), .lowest)
    }

    private mutating func continueDue(
        _ level: Int, history: ModelHistory, streams: ModelStreams
    ) -> ModelChoice {
        let (order, model, fit) = prepare(history, streams)
        let trials = order.candidates(at: level, limit: settings.pausedLimit)
        let ranked = bestTwo(of: trials, history: history, model: model)
        var choice = ModelChoice(.leaveFree, .due)
        if let best = ranked.first { choice.action = .resume(trial: best.trial ?? 1) }
        explain(&choice, ranked: ranked, model: model)
        (choice.reason.compared, choice.reason.fit) = (trials.count, fit)
        return choice
    }

    private mutating func compare(
        _ history: ModelHistory, streams: ModelStreams, canStart: Bool,
        isUsed: ([Double]) -> Bool
    ) -> ModelChoice {
        let (order, model, fit) = prepare(history, streams)
        let trials = order.candidates(at: nil, limit: settings.pausedLimit)
        let ranked = bestTwo(of: trials, history: history, model: model)
        let new = canStart ? propose(history, model: model, streams: streams, isUsed: isUsed) : nil
        var choice: ModelChoice
        if let best = ranked.first, let trial = best.trial, best.judgement.index > 0,
            best.judgement.index >= new?.judgement.index ?? 0
        {
            choice = ModelChoice(.resume(trial: trial), .index)
            let second = [ranked.dropFirst().first, new].compactMap { $0 }
                .max { $0.judgement.index < $1.judgement.index }
            explain(&choice, ranked: [best] + [second].compactMap { $0 }, model: model)
        } else if let new {
            choice = ModelChoice(.start(point: new.subject.point), .index)
            explain(&choice, ranked: [new] + ranked.prefix(1), model: model)
        } else {
            choice = canStart ? ModelChoice(.startAtRandom, .random) : .init(.leaveFree, .nothing)
        }
        (choice.reason.compared, choice.reason.fit) = (trials.count, fit)
        return choice
    }

    /// A paused trial, or a candidate, with what the model makes of it.
    private struct Ranked {
        let trial: Int?
        let subject: PreparedModel.Subject
        let judgement: PreparedModel.Judgement
    }

    /// The two trials of greatest index, the greatest first; of equals the lowest number.
    private func bestTwo(
        of trials: [Int], history: ModelHistory, model: PreparedModel
    ) -> [Ranked] {
        let trials = trials.sorted()
        let subjects = trials.map { trial in
            PreparedModel.Subject(
                point: history.point(of: trial),
                resource: history.entries[trial - 1].record.map { history.records[$0].resource }
                    ?? 0)
        }
        let judgements = model.judge(subjects)
        return CandidateSearch.best(2, of: judgements.map(\.index)).map {
            Ranked(trial: trials[$0], subject: subjects[$0], judgement: judgements[$0])
        }
    }

    /// The best candidate that was not used; nil when all were.
    private func propose(
        _ history: ModelHistory, model: PreparedModel, streams: ModelStreams,
        isUsed: ([Double]) -> Bool
    ) -> Ranked? {
        let parents = Set(history.front.ids.map { history.records[$0].trial }).sorted()
        let search = CandidateSearch(
            settings: settings, encoding: encoding, categories: categories, streams: streams,
            parents: parents.map { history.point(of: $0) })
        var judgements: [PreparedModel.Judgement] = []
        let power = settings.priorWeight / Double(max(1, history.recordedTrials))
        let found = search { points in
            var further = model.judge(points.map { .init(point: $0, resource: 0) })
            if hasPriors {
                for (place, point) in points.enumerated() {
                    further[place].index *= Elementary.exp(
                        -0.5 * power * encoding.priorDistance(of: point))
                }
            }
            judgements += further
            return further.map(\.index)
        }
        return CandidateSearch.best(of: found.index) { !isUsed(found.points[$0]) }
            .map {
                Ranked(
                    trial: nil, subject: .init(point: found.points[$0], resource: 0),
                    judgement: judgements[$0])
            }
    }

    /// Says what is expected of the first two.
    private func explain(_ choice: inout ModelChoice, ranked: [Ranked], model: PreparedModel) {
        let expected = ranked.prefix(2).map {
            model.expectation($0.judgement, of: $0.subject, trial: $0.trial)
        }
        (choice.reason.chosen, choice.reason.runnerUp) = (
            expected.first, expected.dropFirst().first
        )
    }

    /// The model for one decision, and the fit if there was one.
    private mutating func prepare(
        _ history: ModelHistory, _ streams: ModelStreams
    ) -> (order: RecordOrder, model: PreparedModel, fit: KernelFit?) {
        let order = updatedOrder(history)
        let isCategory = categories.map { $0 != nil }
        let fit =
            isFitDue(history)
            ? KernelFit(
                history, order, isCategory: isCategory, limit: settings.trainingLimit,
                seed: seed) : nil
        let model = PreparedModel(
            history, order: order, fit: fit ?? history.fit, isCategory: isCategory,
            earlier: earlierModel(levels: history.levels, isCategory), settings: settings,
            streams: streams)
        return (order, model, fit)
    }

    /// What earlier studies say; nil without any that says something.
    private mutating func earlierModel(levels: [Resource], _ isCategory: [Bool]) -> EarlierModel? {
        guard !earlierStudies.isEmpty else { return nil }
        if let earlier, earlier.levels == levels { return earlier.model }
        let model = EarlierModel(
            earlierStudies, levels: levels, isCategory: isCategory, weights: weights,
            settings: settings, seed: seed)
        earlier = (levels, model)
        return model
    }

    private func isFitDue(_ history: ModelHistory) -> Bool {
        let trials = history.recordedTrials
        guard trials >= settings.firstFit else { return false }
        return history.fit.map { Double(trials) >= Double($0.trials) * settings.fitGrowth } ?? true
    }

    /// The records in order, under the scale of as many as the schedule says: all below 64, then
    /// again whenever they have grown by 1/64.
    private mutating func updatedOrder(_ history: ModelHistory) -> RecordOrder {
        let count = Self.scaledCount(history)
        if var order, order.scaledRecords == count {
            self.order = nil
            order.update(history)
            self.order = order
            return order
        }
        let scale = ObjectiveScale(
            history, first: count, referenceQuantile: settings.referenceQuantile)
        let order = RecordOrder(history, scale: scale, scaled: count, weights: weights)
        self.order = order
        return order
    }

    /// The greatest number of the schedule that is not above the number of records; all records
    /// where those have too few valid ones.
    private static func scaledCount(_ history: ModelHistory) -> Int {
        let all = history.records.count
        var count = min(all, 64)
        while count >= 64, count + count / 64 <= all { count += count / 64 }
        return history.records[..<count].lazy.filter(\.isValid).prefix(3).count == 3 ? count : all
    }
}
