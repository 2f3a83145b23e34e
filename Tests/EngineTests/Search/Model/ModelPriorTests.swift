import Engine
import Testing

/// A model that is told where the best values are believed to lie.
@Suite struct ModelPriorTests {
    private func proposals(_ center: Double?, decisions: Int = 160) -> [[Double]] {
        var cube = PlainCube(numbers: 3)
        cube.beliefs = [nil, nil, center.map { CoordinatePrior(center: $0, deviation: 0.125) }]
        var run = ModelRun(cube, ModelRun.curves)
        for _ in 0..<decisions { run.step() }
        return run.choices.compactMap { choice in
            if case .start(let point) = choice.action { point } else { nil }
        }
    }

    private func distance(_ points: some Collection<[Double]>) -> Double {
        points.reduce(0) { $0 + abs($1[2] - 0.3) } / Double(points.count)
    }

    /// The third coordinate is best at 0.3.
    @Test func aRightOneHelpsAtOnceAndAWrongOneFades() {
        let (right, wrong, free) = (proposals(0.3), proposals(0.9), proposals(nil))
        #expect(distance(right.prefix(8)) < distance(free.prefix(8)))
        #expect(distance(wrong.prefix(8)) > distance(free.prefix(8)))
        #expect(distance(wrong.suffix(15)) < 0.15)
    }
}
