internal import RealModule

/// A density over the cells of a grid: kernels at the cells that were observed, and one broad kernel so
/// that no cell is impossible.
///
/// Source: Watanabe, Bansal, Hutter 2023, "PED-ANOVA"; the width of kernels is Scott's rule (Scott 1992,
/// "Multivariate Density Estimation"), with the parts that Optuna's evaluator gives to the broad kernel
/// and to the least width.
struct GridDensity {
    /// The probability of each cell.
    let cells: [Double]

    /// The density of numbers, whose cells have an order.
    ///
    /// - Parameter counts: how often each cell was observed; at least two cells, one of them observed.
    /// - Complexity: O(cells²).
    static func ofNumbers(_ counts: [Int]) -> GridDensity {
        let observed = counts.indices.filter { counts[$0] > 0 }
        let width = width(of: counts, observed)
        let last = Double(counts.count - 1)
        var kernels = observed.map {
            (weight: Double(counts[$0]), kernel: Kernel(Double($0), width, last: last))
        }
        kernels.append((1, Kernel(last / 2, last + 1, last: last)))
        let total = kernels.reduce(0) { $0 + $1.weight }
        return GridDensity(
            cells: counts.indices.map { cell in
                kernels.reduce(0) { $0 + $1.weight * $1.kernel.probability(of: Double(cell)) }
                    / total
            })
    }

    /// The density of choices, which have none.
    ///
    /// - Parameter counts: how often each choice was observed; at least one of them.
    /// - Complexity: O(choices²).
    static func ofChoices(_ counts: [Int]) -> GridDensity {
        let choices = Double(counts.count)
        // Each kernel gives a little to every choice, the less the more kernels there are.
        let part = 1 / Double(counts.count { $0 > 0 } + 1)
        let total = Double(counts.reduce(0, +)) + 1
        let sum = 1 + choices * part
        let everywhere = (total - 1) * part / sum + 1 / choices
        return GridDensity(cells: counts.map { (Double($0) / sum + everywhere) / total })
    }

    /// How far a density is from another one: Pearson's divergence, 0 for the same.
    func divergence(from other: GridDensity) -> Double {
        zip(cells, other.cells).reduce(0) { sum, pair in
            let (top, all) = (pair.0 + 1e-12, pair.1 + 1e-12)
            return sum + all * (top / all - 1) * (top / all - 1)
        }
    }

    private static func width(of counts: [Int], _ observed: [Int]) -> Double {
        let total = observed.reduce(0) { $0 + counts[$1] }
        func moment(_ value: (Double) -> Double) -> Double {
            observed.reduce(0) { $0 + Double(counts[$1]) * value(Double($1)) }
        }
        let mean = moment { $0 } / Double(total)
        let deviation = (moment { ($0 - mean) * ($0 - mean) } / Double(max(1, total - 1)))
            .squareRoot()
        var sums: [Int] = []
        for cell in observed { sums.append((sums.last ?? 0) + counts[cell]) }
        let lower = sums.firstIndex { $0 >= total / 4 } ?? 0
        let upper = sums.firstIndex { $0 > total * 3 / 4 } ?? observed.count - 1
        let quartiles = Double(observed[upper] - observed[lower])
        let scott = 1.059 * min(quartiles / 1.34, deviation) * Double.pow(Double(total), -0.2)
        // Nine tenths of the narrowest kernel are in one cell.
        return max(scott, 0.5 / 1.64)
    }

    /// A normal distribution that is cut off half a cell outside the grid.
    private struct Kernel {
        let mean: Double
        let width: Double
        private var inside: Double

        init(_ mean: Double, _ width: Double, last: Double) {
            (self.mean, self.width) = (mean, width)
            inside = 1
            inside = between(-0.5, last + 0.5)
        }

        func probability(of cell: Double) -> Double {
            between(cell - 0.5, cell + 0.5) / inside
        }

        private func between(_ low: Double, _ high: Double) -> Double {
            func below(_ x: Double) -> Double {
                0.5 * Double.erfc((mean - x) / (width * Double.sqrt(2)))
            }
            return below(high) - below(low)
        }
    }
}
