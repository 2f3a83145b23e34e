internal import CDeterministicMath

/// How much hypervolume a point with uncertain values promises beyond a front, by random
/// directions: the hypervolume is, but for a constant, the mean over directions λ of the positive
/// orthant of (max over the front of min over j of g_j / λ_j) to the power m.
///
/// Source: Deng, Zhang 2019, "Approximating hypervolume and hypervolume contributions using polar
/// coordinate"; Golovin, Zhang 2020, "Random hypervolume scalarizations".
package struct GainTarget: Sendable {
    /// How many objectives there can be.
    package static let mostObjectives = 64
    /// How many draws of the values are averaged: half of them and their negatives.
    package static let draws = Int(DM_DRAWS)

    private let objectives: Int
    private let directions: Int
    /// Shape [objectives][draws].
    private let normals: [Double]
    private let reference: [Double]
    /// Shape [objectives][directions].
    private let inverseLambda: [Double]
    /// What the front reaches in each direction, to the power `objectives`.
    package private(set) var best: [Double]

    /// - Parameters:
    ///   - reference: z of each objective where the gain is 0, positive.
    ///   - front: the gains g = 1 − z / reference of the front's points, [points][objectives].
    ///   - directions: positive vectors of length 1, a multiple of 8 of them,
    ///     [directions][objectives].
    ///   - normals: half of the draws, [draws / 2][objectives].
    package init(
        reference: [Double], front: [[Double]], directions: [[Double]], normals: [[Double]]
    ) {
        let objectives = reference.count
        precondition((1...Self.mostObjectives).contains(objectives), "1 to 64 objectives")
        precondition(directions.count % Int(DM_LANES) == 0, "rows of lanes")
        precondition(2 * normals.count == Self.draws, "half of the draws")
        self.objectives = objectives
        self.directions = directions.count
        self.reference = reference
        self.normals = (0..<objectives).flatMap { objective in
            normals.map { $0[objective] } + normals.map { -$0[objective] }
        }
        let inverse = directions.map { $0.map { 1 / max($0, 1e-12) } }
        inverseLambda = (0..<objectives).flatMap { objective in inverse.map { $0[objective] } }
        best = inverse.map { Self.reach(of: front, in: $0) }
    }

    /// The target of a front that has further points as well.
    ///
    /// - Parameter points: their gains, [points][objectives].
    package func raised(by points: [[Double]]) -> GainTarget {
        var raised = self
        for direction in 0..<directions {
            let inverse = (0..<objectives).map { inverseLambda[$0 * directions + direction] }
            raised.best[direction] = max(best[direction], Self.reach(of: points, in: inverse))
        }
        return raised
    }

    /// The most that a point reaches in one direction, to the power of the number of objectives;
    /// 0 without points.
    private static func reach(of front: [[Double]], in inverse: [Double]) -> Double {
        var best = 0.0
        for point in front {
            var least = Double.infinity
            for (gain, factor) in zip(point, inverse) { least = min(least, gain * factor) }
            best = max(best, least)
        }
        return inverse.dropFirst().reduce(best) { power, _ in power * best }
    }

    /// The expected gain of each column.
    ///
    /// - Parameters:
    ///   - means: warped values, [objectives][stride].
    ///   - deviations: of the same shape.
    ///   - count: how many columns there are.
    /// - Returns: `count` gains, none negative.
    /// - Complexity: O(columns · draws · directions · objectives).
    package func gains(means: [Double], deviations: [Double], count: Int) -> [Double] {
        let stride = means.count / objectives
        var gains = [Double](repeating: 0, count: count)
        normals.withUnsafeBufferPointer { normals in
            reference.withUnsafeBufferPointer { reference in
                inverseLambda.withUnsafeBufferPointer { inverseLambda in
                    best.withUnsafeBufferPointer { best in
                        var target = dm_target(
                            objectives: objectives, directions: directions,
                            normals: normals.baseAddress, reference: reference.baseAddress,
                            inverse_lambda: inverseLambda.baseAddress, best: best.baseAddress)
                        dm_gain(&target, count, stride, means, deviations, &gains)
                    }
                }
            }
        }
        return gains
    }
}
