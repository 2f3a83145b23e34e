import DeterministicMath
import Foundation
import Testing

@Suite struct GainTargetTests {
    static let directions = (0..<16).map { index in
        let angle = (Double(index) + 0.5) / 16 * Double.pi / 2
        return [cos(angle), sin(angle)]
    }
    static let normals = [[0.3, -1.2], [1.9, 0.4], [-0.1, 0.2], [0.8, 0.8]]

    /// The expected gain by its formula.
    private func gain(means: [Double], deviations: [Double], front: [[Double]]) -> Double {
        let reference = [2.0, 3.0]
        var sum = 0.0
        for normal in Self.normals + Self.normals.map({ $0.map { -$0 } }) {
            let g = (0..<2).map { j in
                let w = means[j] + deviations[j] * normal[j]
                return 1 - (w < 1 ? w : exp(min(w - 1, 20))) / reference[j]
            }
            guard g.allSatisfy({ $0 > 0 }) else { continue }
            for lambda in Self.directions {
                let reach = { (g: [Double]) in zip(g, lambda).map { $0 / $1 }.min()! }
                let best = pow(front.map(reach).max() ?? 0, 2)
                sum += max(0, pow(reach(g), 2) - best)
            }
        }
        return sum / Double(8 * Self.directions.count)
    }

    @Test func aRaisedTargetIsThatOfBothFronts() {
        let front = [[0.2, 0.9], [0.6, 0.4]]
        let further = [[0.7, 0.5], [0.1, 0.1], [0, 0.95]]
        func target(_ front: [[Double]]) -> GainTarget {
            GainTarget(
                reference: [2, 3], front: front, directions: Self.directions,
                normals: Self.normals)
        }
        #expect(target(front).raised(by: further).best == target(front + further).best)
        #expect(target(front).raised(by: []).best == target(front).best)
        #expect(target([]).raised(by: further).best == target(further).best)
    }

    @Test func gainsAreThoseOfTheFormula() {
        let front = [[0.2, 0.9], [0.6, 0.4], [0.8, 0]]
        let target = GainTarget(
            reference: [2, 3], front: front, directions: Self.directions, normals: Self.normals)
        let uniforms = Golden.uniforms(4 * 16, seed: 3).map { 3 * $0 }
        let means = Array(uniforms[0..<32])
        let deviations = Array(uniforms[32...])
        let gains = target.gains(means: means, deviations: deviations, count: 13)
        #expect(gains.count == 13)
        for column in gains.indices {
            let expected = gain(
                means: [means[column], means[16 + column]],
                deviations: [deviations[column], deviations[16 + column]], front: front)
            #expect(abs(gains[column] - expected) < 1e-12)
        }
        #expect(gains.contains { $0 > 0 })
        #expect(Golden.hash(gains) == 17_321_684_704_770_018_263)
    }

    @Test func worksWithOneObjectiveAndWithMany() {
        for objectives in [1, 3, 64] {
            let direction = Array(repeating: 1 / Double(objectives).squareRoot(), count: objectives)
            let target = GainTarget(
                reference: Array(repeating: 1, count: objectives), front: [],
                directions: Array(repeating: direction, count: 8),
                normals: Array(repeating: Array(repeating: 0, count: objectives), count: 4))
            let means = Array(repeating: 0.5, count: objectives * 8)
            let gain = target.gains(means: means, deviations: means, count: 1)[0]
            let expected = pow(0.5 * Double(objectives).squareRoot(), Double(objectives))
            #expect(abs(gain / expected - 1) < 1e-12)
        }
    }

    @Test func absurdPredictionsGainNothing() {
        let target = GainTarget(
            reference: [1, 1], front: [], directions: Self.directions, normals: Self.normals)
        let means = Array(repeating: 1e300, count: 16)
        #expect(target.gains(means: means, deviations: means, count: 2) == [0, 0])
    }
}
