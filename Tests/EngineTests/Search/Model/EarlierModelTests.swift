import DeterministicMath
import Engine
import Testing

/// A model that starts from what earlier studies found.
@Suite struct EarlierModelTests {
    private static let levels: [Resource] = [2, 6, 18, 52]

    private func learned(_ earlier: [EarlierCurves]) -> EarlierModel? {
        EarlierModel(
            earlier.map(\.encoded), levels: Self.levels, isCategory: [false, false, false],
            weights: Weights(count: 100, objectives: ["a", "b"], seed: 1),
            settings: ModelSettings(), seed: 1)
    }

    /// Own records of the curves, with their values multiplied by `sign`.
    private func mean(_ model: EarlierModel, sign: Double, records: Int = 30) -> CalibratedMean {
        var stream = RandomStream(seed: 5, purpose: "own", 0)
        let points = (0..<records).map { _ in (0..<3).map { _ in stream.unit() } }
        let costs = points.map { ModelRun.curves($0, 6) }
        let values = (0..<2).map { j in
            let average = costs.reduce(0) { $0 + $1[j] } / Double(records)
            return costs.map { sign * ($0[j] - average) / 0.3 }
        }
        return CalibratedMean(
            model,
            inputs: .init(
                points: points, levels: points.map { _ in 1 }, isCategory: [false, false, false]),
            values: values, levels: Self.levels.count)
    }

    @Test func isBelievedAsFarAsOwnRecordsAgree() throws {
        let model = try #require(learned([.study(trials: 60, bestAt: 0.3)]))
        #expect(mean(model, sign: 1).slopes.allSatisfy { $0 > 0.6 })
        #expect(mean(model, sign: -1).slopes == [0, 0])
        #expect(mean(model, sign: 0).slopes.allSatisfy { $0 < 0.4 })
    }

    @Test func averagesToNothingOverOwnRecords() throws {
        let model = try #require(learned([.study(trials: 60, bestAt: 0.3)]))
        for means in mean(model, sign: 1).ownMeans {
            #expect(abs(means.reduce(0, +)) < 1e-9)
            #expect(means.contains { abs($0) > 0.3 })
        }
    }

    @Test func saysNothingOfStudiesThatAreTooSmall() {
        #expect(learned([]) == nil)
        #expect(learned([.study(trials: 2, bestAt: 0.3)]) == nil)
        #expect(learned([.study(trials: 2, bestAt: 0.3), .study(trials: 3, bestAt: 0.3)]) != nil)
    }

    @Test func manyStudiesTrainItTogether() throws {
        let studies = (3..<90).map { EarlierCurves.study(trials: $0, bestAt: 0.3) }
        let model = try #require(learned(studies))
        #expect(mean(model, sign: 1).slopes.allSatisfy { $0 > 0.3 })
    }

    private func proposals(earlier: [EarlierCurves], decisions: Int = 120) -> [[Double]] {
        var settings = ModelSettings()
        if !earlier.isEmpty { settings.firstTrials = settings.firstTrialsWithEarlier }
        var run = ModelRun(
            PlainCube(numbers: 3), settings: settings, earlier: earlier.map(\.encoded),
            ModelRun.curves)
        for _ in 0..<decisions { run.step() }
        return run.choices.compactMap { choice in
            if case .start(let point) = choice.action { point } else { nil }
        }
    }

    /// The third coordinate is best at 0.3.
    @Test func leadsTheFirstProposalsAndIsOverruled() {
        func distance(_ points: some Collection<[Double]>) -> Double {
            points.reduce(0) { $0 + abs($1[2] - 0.3) } / Double(points.count)
        }
        let free = proposals(earlier: [])
        let right = proposals(earlier: [.study(trials: 60, bestAt: 0.3)])
        let wrong = proposals(earlier: [.study(trials: 60, bestAt: 0.9)])
        #expect(distance(right.prefix(8)) < distance(free.prefix(8)))
        #expect(distance(right.prefix(8)) < 0.15)
        #expect(distance(wrong.prefix(8)) > distance(free.prefix(8)))
        #expect(distance(wrong.suffix(15)) < 0.2)
    }
}
