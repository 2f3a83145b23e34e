/// A set of weight vectors, uniform on the unit simplex: one set for the study, shared by all
/// trials and rungs.
///
/// Exponential variates divided by their sum are uniform on the simplex (Devroye 1986, ch. V.4).
/// Every variate is drawn for (seed, vector, objective's name), so that the order in which the
/// objectives are declared changes no weight.
package struct Weights: Sendable {
    /// How many vectors of weights there are.
    package let count: Int
    /// How many weights a vector has.
    package let objectives: Int
    /// Shape [objectives][count]: all weights of one objective lie side by side.
    private let values: [Double]
    /// The same in order, where there are two objectives.
    private let plane: PlanarWeights

    /// Draws all vectors. O(count × objectives).
    package init(count: Int, objectives names: [String], seed: Int) {
        var values: [Double] = []
        for name in names {
            for vector in 0..<count {
                var stream = RandomStream(seed: seed, purpose: "weight of \(name)", vector)
                values.append(stream.exponential())
            }
        }
        for vector in 0..<count {
            let sum = names.indices.reduce(0) { $0 + values[$1 * count + vector] }
            for objective in names.indices {
                // All variates of a vector at 0 is as good as impossible; then weigh evenly.
                values[objective * count + vector] =
                    sum > 0 ? values[objective * count + vector] / sum : 1 / Double(names.count)
            }
        }
        (self.count, self.objectives, self.values) = (count, names.count, values)
        plane =
            names.count == 2
            ? PlanarWeights(first: values[..<count], second: values[count...])
            : PlanarWeights(first: [], second: [])
    }

    /// The weight of an objective in a vector.
    package subscript(objective: Int, vector: Int) -> Double { values[objective * count + vector] }

    /// The most that any vector makes of `goodness`: max over w of Σ w_j · v_j.
    package func bestSum(_ goodness: [Double]) -> Double {
        goodness.withUnsafeBufferPointer(bestSum)
    }

    /// The same of a value for each objective that stands elsewhere.
    func bestSum(_ goodness: UnsafeBufferPointer<Double>) -> Double {
        // Far from where a difference or a sum overflows.
        if objectives == 2, abs(goodness[0]) < 1e300, abs(goodness[1]) < 1e300 {
            return plane.bestSum(goodness[0], goodness[1])
        }
        let whole = count / 4 * 4
        var best = -Double.infinity
        for vector in whole..<count {
            var sum = 0.0
            for objective in 0..<objectives { sum += self[objective, vector] * goodness[objective] }
            best = max(best, sum)
        }
        // Four vectors at a time, each summed in the same order.
        var four = SIMD4(repeating: -Double.infinity)
        for vector in stride(from: 0, to: whole, by: 4) {
            var sum = SIMD4<Double>()
            for objective in 0..<objectives {
                sum += self[objective, from: vector] * goodness[objective]
            }
            four.replace(with: sum, where: sum .> four)
        }
        return max(best, four.max())
    }

    /// An objective's weights in four vectors, `vector` the first.
    private subscript(objective: Int, from vector: Int) -> SIMD4<Double> {
        let start = objective * count + vector
        precondition(start + 4 <= values.count)
        return values.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: start * MemoryLayout<Double>.stride, as: SIMD4.self)
        }
    }

    /// The least augmented Chebyshev cost: min over w of max_j w_j · c_j + ρ Σ w_j · c_j.
    ///
    /// Source: Knowles 2006, "ParEGO", eq. 2.
    package func leastChebyshev(_ costs: [Double], rho: Double) -> Double {
        costs.withUnsafeBufferPointer { leastChebyshev($0, rho: rho) }
    }

    /// The same of a cost for each objective that stands elsewhere.
    func leastChebyshev(_ costs: UnsafeBufferPointer<Double>, rho: Double) -> Double {
        if objectives == 2, rho < 1e100, (0..<1e100).contains(costs[0]),
            (0..<1e100).contains(costs[1])
        {
            return plane.leastChebyshev(costs[0], costs[1], rho: rho)
        }
        var best = Double.infinity
        for vector in 0..<count {
            var worst = 0.0
            var sum = 0.0
            for objective in 0..<objectives {
                let part = self[objective, vector] * costs[objective]
                worst = max(worst, part)
                sum += part
            }
            best = min(best, worst + rho * sum)
        }
        return best
    }
}
