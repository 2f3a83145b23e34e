/// Weights of two objectives in the order of the first, which answers by a few of them what `Weights`
/// asks of all, with the same bits.
///
/// The two weights of a vector sum to 1, so a vector is a place on a line. Along it a weighted sum is
/// straight and an augmented Chebyshev cost is convex. So the best lies at an end or where two
/// pieces meet, and from there on values grow worse. Rounding may let a neighbour win; therefore all
/// vectors are tried until one is worse by more than rounding can explain.
struct PlanarWeights: Sendable {
    /// Shape [count], rising.
    private let first: [Double]
    private let second: [Double]

    /// - Parameters:
    ///   - first: weights of the first objective, at least one.
    ///   - second: those of the second, in the same order.
    init(first: ArraySlice<Double>, second: ArraySlice<Double>) {
        let pairs = zip(first, second).sorted { $0.0 < $1.0 }
        self.first = pairs.map(\.0)
        self.second = pairs.map(\.1)
    }

    /// As `Weights.bestSum`, of finite values. O(1) as a rule.
    func bestSum(_ a: Double, _ b: Double) -> Double {
        let (isRising, slack) = (a > b, (abs(a) + abs(b)) * 1e-14 + 1e-300)
        let (end, slope) = (isRising ? first.count - 1 : 0, abs(a - b))
        var best = -Double.infinity
        var place = end
        while first.indices.contains(place), abs(first[place] - first[end]) * slope <= slack {
            best = max(best, first[place] * a + second[place] * b)
            place += isRising ? -1 : 1
        }
        return best
    }

    /// As `Weights.leastChebyshev`, of finite costs that are not negative. O(log count) as a rule.
    func leastChebyshev(_ a: Double, _ b: Double, rho: Double) -> Double {
        guard a + b > 0 else { return 0 }
        // The slopes where the second objective's part is the greater, and where the first's is.
        let (left, right) = (rho * (a - b) - b, rho * (a - b) + a)
        let middle =
            left >= 0 ? 0 : right <= 0 ? first.count : first.partitioningIndex { $0 >= b / (a + b) }
        let slack = (a + b) * (1 + rho) * 1e-14 + 1e-300
        var best = Double.infinity
        for place in middle..<first.count {
            let cost = cost(place, of: (a, b), rho: rho)
            if cost > best + slack { break }
            best = min(best, cost)
        }
        for place in stride(from: middle - 1, through: 0, by: -1) {
            let cost = cost(place, of: (a, b), rho: rho)
            if cost > best + slack { break }
            best = min(best, cost)
        }
        return best
    }

    /// No cost is negative, so that the greater part is not either.
    @inline(__always)
    private func cost(_ place: Int, of costs: (Double, Double), rho: Double) -> Double {
        let parts = (first[place] * costs.0, second[place] * costs.1)
        return max(parts.0, parts.1) + rho * (parts.0 + parts.1)
    }
}
