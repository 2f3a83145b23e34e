import Foundation
import Testing

@testable import Engine

@Suite struct ObjectiveScaleTests {
    /// Trials 1 to 4 at level 0, two of them at level 1 and one at level 2; one invalid.
    private func history() -> ModelHistory {
        var history = ModelHistory(levels: [1, 3, 9], objectives: 1, dimension: 0)
        for _ in 0..<5 { history.start([]) }
        for (trial, cost) in [(1, 10.0), (2, 6), (3, 30), (4, 8), (5, .nan)] {
            history.report([cost], of: trial, at: 1)
        }
        history.report([5], of: 1, at: 3)
        history.report([4], of: 2, at: 4)
        history.report([2], of: 2, at: 9)
        return history
    }

    @Test func valuesAreThoseOfTheFormulas() {
        let history = history()
        let scale = ObjectiveScale(history, first: history.records.count, referenceQuantile: 0.95)
        // Valid: 10 6 30 8 5 4 2.
        #expect(scale.lowest == [2])
        #expect(scale.span == [4])
        let w = { (cost: Double) in cost < 6 ? (cost - 2) / 4 : 1 + log((cost - 2) / 4) }
        let first = (w(10) + w(6) + w(30) + w(8)) / 4
        let second = (w(5) - w(10) + w(4) - w(6)) / 3
        let third = (w(2) - w(4) + 0.7 * second) / 2
        let means = [first, first + second, first + second + third]
        for level in 0..<3 { #expect(abs(scale.means[level][0] - means[level]) < 1e-12) }
        // Only level 0 has three records: the quantile of 6 8 10 30.
        #expect(abs(scale.reference[0] - (10 + 0.85 * 20 - 2) / 4) < 1e-12)
        let residuals =
            [10, 6, 30, 8].map { w($0) - means[0] } + [5, 4].map { w($0) - means[1] }
            + [w(2) - means[2]]
        let mean = residuals.reduce(0, +) / 7
        let deviation = (residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7).squareRoot()
        #expect(abs(scale.deviation[0] - deviation) < 1e-8)
        #expect(scale.gains(of: 7, in: history) == [1])
        #expect(abs(scale.warped(4, 0, in: history) - (1 + log(scale.reference[0]))) < 1e-12)
    }

    @Test(arguments: [2.0, 3, 5.5, 6, 7, 100]) func costsComeBack(cost: Double) {
        let history = history()
        let scale = ObjectiveScale(history, first: history.records.count, referenceQuantile: 0.95)
        #expect(abs(scale.cost(warped: scale.warp(cost, 0), 0) - cost) < 1e-12 * cost)
    }

    @Test func skippedLevelsGiveOneRecord() {
        var history = ModelHistory(levels: [1, 3, 9], objectives: 1, dimension: 0)
        history.start([])
        history.report([5], of: 1, at: 4)
        history.report([4], of: 1, at: 5)
        #expect(history.records.map(\.level) == [1])
        history.report([3], of: 1, at: 20)
        #expect(history.records.map(\.level) == [1, 2])
        #expect(history.recorded == [0, 1, 1])
    }

    @Test(arguments: [1, 2, 5, 10, 100, 1001]) func quantilesAreLinear(count: Int) {
        var stream = RandomStream(seed: 3, purpose: "values", count)
        let values = (0..<count).map { _ in (stream.unit() * 50).rounded() }
        let sorted = values.sorted()
        for q in [0, 0.25, 0.5, 0.95, 1] {
            let position = Double(count - 1) * q
            let (low, high) = (Int(position), min(Int(position) + 1, count - 1))
            let expected = sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
            var copy = values
            #expect(abs(Selection.quantile(q, of: &copy) - expected) < 1e-12)
        }
    }
}
