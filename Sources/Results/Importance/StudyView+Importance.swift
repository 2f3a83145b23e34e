internal import Engine

/// What a parameter has to do with how good a trial is.
package struct ParameterImportance: Sendable {
    /// The parameter's path.
    package let parameter: String
    /// Its share, from 0 to 1, in whether a trial is on the front or near it.
    package let front: Double
    /// Its share in whether a trial is good in each objective, in the order of their declaration.
    package let objectives: [Double]
}

extension StudyView {
    /// The share of trials that count as good.
    private static var goodShare: Double { 0.1 }

    /// How much each parameter matters, for the front and for each objective; the one that matters most
    /// for the front first. Shares of one column add up to 1, or are all 0 where nothing can be told.
    ///
    /// A parameter matters where the best tenth of the trials have other values of it than all trials. A
    /// trial counts with its last valid report, if that is feasible.
    ///
    /// - Complexity: O(trials · (parameters + log trials)) for up to two objectives without tolerances;
    ///   for more up to O(trials²), for the layers of the front.
    /// - Source: Watanabe, Bansal, Hutter 2023, "PED-ANOVA: Efficiently Quantifying Hyperparameter
    ///   Importance in Arbitrary Subspaces". A parameter of some branches counts by the trials that have
    ///   it, weighted by how much more often good trials do.
    package func importance() -> [ParameterImportance] {
        let points = state.lastPoints
        let trials = ImportanceTrials(
            state.definition.space, points.compactMap { state.trial($0.trial)?.configuration })
        let front = trials.shares(good: nearFront(points))
        let byObjective = objectives.indices.map { index in
            trials.shares(good: best(points, in: index))
        }
        return parameters.enumerated().map { place, name in
            ParameterImportance(
                parameter: name, front: front[place], objectives: byObjective.map { $0[place] })
        }
        .enumerated().sorted {
            ($1.element.front, $0.offset) < ($0.element.front, $1.offset)
        }
        .map(\.element)
    }

    /// How many of so many trials are good at least.
    private func goodCount(of count: Int) -> Int {
        Int((Self.goodShare * Double(count)).rounded(.up))
    }

    /// The places of the best tenth in one objective, and of those that are as good as the last of them.
    private func best(_ points: [Point], in objective: Int) -> [Int] {
        guard !points.isEmpty else { return [] }
        let costs = points.map { objectives[objective].cost($0.values[objective]) }
        let limit = costs.sorted()[goodCount(of: points.count) - 1]
        return costs.indices.filter { costs[$0] <= limit }
    }

    /// The places of the front, and of the fronts behind it until they hold a tenth.
    private func nearFront(_ points: [Point]) -> [Int] {
        LayeredFronts.first(
            goodCount(of: points.count), of: points.map(\.values), objectives: objectives)
    }
}

/// Where the values of trials are on the grids of their parameters.
private struct ImportanceTrials {
    private struct Column {
        let path: Name
        let grid: ParameterGrid
        /// By trial; nil where the parameter is absent.
        let cells: [Int?]
    }

    private let count: Int
    private let columns: [Column]
    private let paths: [Name]

    init(_ space: SearchSpace, _ configurations: [Configuration]) {
        count = configurations.count
        paths = space.parameterPaths.map { Name($0) }
        let encoding = UnitCubeEncoding(space)
        let isPresent = configurations.map { encoding.isPresent(in: encoding.encode($0)) }
        columns = space.parameters.enumerated().map { place, parameter in
            let grid = ParameterGrid(parameter.kind)
            return Column(
                path: Name(parameter.path), grid: grid,
                cells: configurations.indices.map { trial in
                    guard isPresent[trial][place] else { return nil }
                    return configurations[trial][parameter.path].flatMap(grid.cell)
                })
        }
    }

    /// The share of each path. Parameters of several branches under one path add up.
    func shares(good: [Int]) -> [Double] {
        var sums: [Name: Double] = [:]
        for column in columns { sums[column.path, default: 0] += importance(of: column, good) }
        let shares = paths.map { sums[$0] ?? 0 }
        let total = shares.reduce(0, +)
        return shares.map { total > 0 ? $0 / total : 0 }
    }

    private func importance(of column: Column, _ good: [Int]) -> Double {
        let all = column.cells.compactMap(\.self)
        let best = good.compactMap { column.cells[$0] }
        guard column.grid.count > 1, all.count >= 2, !best.isEmpty else { return 0 }
        let (inAll, inBest) = (
            Double(all.count) / Double(count), Double(best.count) / Double(good.count)
        )
        let divergence = column.grid.density(of: best)
            .divergence(from: column.grid.density(of: all))
        return inBest * inBest / inAll * divergence
    }
}
