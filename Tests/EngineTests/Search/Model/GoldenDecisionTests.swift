import Engine
import Testing

/// Decisions of a fixed history, bit for bit: a study may be resumed, replayed or led on another
/// processor.
@Suite struct GoldenDecisionTests {
    /// Those of studies whose rules leave out trials that run.
    private static let earlierRules: ModelSettings = {
        var settings = ModelSettings()
        settings.runningLimit = 0
        return settings
    }()

    @Test func decisionsAreGolden() {
        var run = ModelRun(PlainCube(numbers: 4, categories: [3]), ModelRun.curves)
        for _ in 0..<100 { run.step() }
        #expect(
            run.log.suffix(12) == [
                "trial 57 at 2", "trial 40 at 18", "trial 58 at 2", "trial 47 at 2", "new 61",
                "new 62", "trial 46 at 6", "new 63", "trial 47 at 6", "trial 57 at 6", "new 64",
                "trial 53 at 6",
            ])
        #expect(hash(run) == 4_566_885_908_387_552_196)
    }

    @Test func decisionsForManySlotsAreGolden() {
        var run = ModelRun(PlainCube(numbers: 4, categories: [3]), ModelRun.curves)
        for _ in 0..<90 { run.step(slots: 80) }
        #expect(
            run.log.suffix(12) == [
                "new 139", "new 140", "trial 61 at 2", "new 141", "new 142", "new 143", "new 144",
                "trial 44 at 2", "new 145", "new 146", "new 147", "new 148",
            ])
        #expect(hash(run) == 6_189_353_038_838_927_939)
    }

    /// Where a third of the first coordinate is feasible, and after an earlier study.
    @Test func decisionsWithAllThatThereIsAreGolden() {
        var run = ModelRun(
            PlainCube(numbers: 3), seed: 2,
            earlier: [EarlierCurves.study(trials: 50, bestAt: 0.3).encoded], constraints: 1,
            excesses: { point, _ in [point[0] - 0.3] }, ModelRun.curves)
        for _ in 0..<60 { run.step(slots: 6) }
        #expect(
            run.log.suffix(6) == [
                "new 45", "trial 40 at 2", "new 46", "new 47", "new 48", "new 49",
            ])
        #expect(hash(run) == 17_905_147_083_736_611_076)
    }

    @Test func decisionsOfEarlierRulesAreGolden() {
        var run = ModelRun(
            PlainCube(numbers: 4, categories: [3]), settings: Self.earlierRules,
            ModelRun.curves)
        for _ in 0..<100 { run.step() }
        #expect(
            run.log.suffix(12) == [
                "new 61", "new 62", "trial 57 at 6", "new 63", "trial 29 at 18", "trial 56 at 2",
                "new 64", "new 65", "new 66", "trial 58 at 6", "new 67", "trial 63 at 2",
            ])
        #expect(hash(run) == 8_962_937_345_423_659_917)
    }

    @Test func decisionsOfThreeObjectivesAreGolden() {
        var run = ModelRun(
            PlainCube(numbers: 3), levels: [1, 4, 16], objectives: 3, seed: 5,
            settings: Self.earlierRules
        ) { point, resource in
            ModelRun.curves(point, resource) + [point[2] / resource.double]
        }
        for _ in 0..<70 { run.step(slots: 7) }
        #expect(
            run.log.suffix(6) == [
                "new 51", "new 52", "trial 27 at 1", "new 53", "new 54", "new 55",
            ])
        #expect(hash(run) == 4_494_570_531_083_794_798)
    }

    /// Where a third of the first coordinate is feasible.
    @Test func decisionsUnderAConstraintAreGolden() {
        var run = ModelRun(
            PlainCube(numbers: 3), settings: Self.earlierRules, constraints: 1,
            excesses: { point, _ in [point[0] - 0.3] }, ModelRun.curves)
        for _ in 0..<80 { run.step() }
        #expect(
            run.log.suffix(6) == [
                "new 50", "trial 43 at 2", "trial 48 at 2", "new 51", "trial 46 at 2", "new 52",
            ])
        #expect(hash(run) == 13_843_916_438_670_074_549)
    }

    @Test func decisionsWithAPriorAreGolden() {
        var cube = PlainCube(numbers: 3, categories: [2])
        cube.beliefs = [nil, nil, CoordinatePrior(center: 0.4, deviation: 0.25), nil]
        var run = ModelRun(cube, seed: 4, settings: Self.earlierRules, ModelRun.curves)
        for _ in 0..<80 { run.step() }
        #expect(
            run.log.suffix(6) == [
                "new 48", "new 49", "new 50", "trial 21 at 18", "trial 31 at 18", "trial 45 at 6",
            ])
        #expect(hash(run) == 1_481_992_188_652_010_233)
    }

    @Test func decisionsOfManyParametersAreGolden() {
        var run = ModelRun(
            PlainCube(numbers: 18, categories: [3, 4]), objectives: 3, seed: 6,
            settings: Self.earlierRules
        ) { point, resource in
            ModelRun.curves(Array(point.prefix(9)), resource) + [
                point[9] / resource.double + point[18]
            ]
        }
        for _ in 0..<70 { run.step() }
        #expect(
            run.log.suffix(6) == [
                "trial 43 at 2", "trial 49 at 2", "trial 41 at 2", "new 52", "new 53", "new 54",
            ])
        #expect(hash(run) == 8_735_268_208_849_703_903)
    }

    @Test func decisionsAfterAnEarlierStudyAreGolden() {
        var run = ModelRun(
            PlainCube(numbers: 3), seed: 2, settings: Self.earlierRules,
            earlier: [EarlierCurves.study(trials: 50, bestAt: 0.3).encoded], ModelRun.curves)
        for _ in 0..<60 { run.step() }
        #expect(
            run.log.suffix(6) == [
                "trial 19 at 2", "new 36", "new 37", "new 38", "trial 35 at 2", "trial 21 at 18",
            ])
        #expect(hash(run) == 1_231_390_067_406_879_435)
    }

    /// FNV-1a over every number of every choice.
    private func hash(_ run: ModelRun) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for bits in run.choices.flatMap(Self.bits) {
            hash = (hash ^ bits) &* 0x0000_0100_0000_01B3
        }
        return hash
    }

    private static func bits(_ choice: ModelChoice) -> [UInt64] {
        var bits: [UInt64] =
            switch choice.action {
            case .resume(let trial): [UInt64(trial)]
            case .start(let point): point.map(\.bitPattern)
            case .startAtRandom: [0]
            case .leaveFree: [1 << 40]
            }
        for expectation in [choice.reason.chosen, choice.reason.runnerUp].compactMap({ $0 }) {
            bits.append(expectation.index.bitPattern)
            bits += (expectation.costs + expectation.deviations).map(\.bitPattern)
            bits += [expectation.feasibility].compactMap { $0?.bitPattern }
        }
        return bits + (choice.reason.fit?.logarithms.flatMap { $0.map(\.bitPattern) } ?? [])
    }
}
