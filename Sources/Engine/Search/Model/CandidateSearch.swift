import DeterministicMath

/// The search for the configuration of highest index: uniform points (half of them from the priors,
/// where there are some), mutants of the front's
/// configurations, then mutants of the best.
package struct CandidateSearch {
    /// How many candidates of each kind there are.
    package let settings: ModelSettings
    /// The space as a unit cube.
    package let encoding: any UnitEncoding
    /// As `encoding` gives them.
    package let categories: [Int?]
    /// Where random numbers come from.
    package let streams: ModelStreams
    /// The encoded configurations of the front.
    package let parents: [[Double]]

    /// Candidates and their indices, in the order in which they were drawn.
    ///
    /// - Parameter index: the indices of some points.
    package func callAsFunction(_ index: ([[Double]]) -> [Double]) -> (
        points: [[Double]], index: [Double]
    ) {
        var points =
            uniform()
            + mutants(
                of: parents, count: settings.frontMutants, generation: 0,
                deviations: [0.05, 0.1, 0.25])
        var values = index(points)
        for (number, deviation) in settings.generations.enumerated() {
            let best = Self.best(3, of: values).map { points[$0] }
            let further = mutants(
                of: best, count: settings.bestMutants, generation: number + 1,
                deviations: [deviation])
            points += further
            values += index(further)
        }
        return (points, values)
    }

    /// The places of the `count` greatest values; of equals the first.
    ///
    /// - Complexity: O(values · count).
    package static func best(_ count: Int, of values: [Double]) -> [Int] {
        var places: [Int] = []
        for (place, value) in values.enumerated() {
            if places.count == count {
                guard let last = places.last, value > values[last] else { continue }
                places.removeLast()
            }
            let before = places.lastIndex { values[$0] >= value }
            places.insert(place, at: before.map { $0 + 1 } ?? 0)
        }
        return places
    }

    /// The place of the greatest value that is accepted; of equals the first.
    package static func best(
        of values: [Double], where accepts: (_ place: Int) -> Bool
    ) -> Int? {
        best(4, of: values).first(where: accepts)
            ?? best(values.count, of: values).first(where: accepts)
    }

    private func uniform() -> [[Double]] {
        var stream = streams.uniform
        let priors = encoding.priors
        return (0..<settings.uniformCandidates).map { _ in
            encoding.snap(
                categories.indices.map { index in
                    if let prior = priors[index], stream.unit() < 0.5 {
                        return prior.draw(&stream)
                    }
                    return Self.uniform(categories[index], stream.unit())
                })
        }
    }

    /// Mutants of parents drawn at random; none without a parent.
    private func mutants(
        of parents: [[Double]], count: Int, generation: Int, deviations: [Double]
    ) -> [[Double]] {
        guard !parents.isEmpty else { return [] }
        var stream = streams.mutation(generation)
        return (0..<count).map { _ in
            let parent = parents[Int(stream.below(UInt64(parents.count)))]
            let deviation = deviations[Int(stream.below(UInt64(deviations.count)))]
            return encoding.snap(mutant(of: parent, deviation, &stream))
        }
    }

    /// Draws as many numbers whatever comes of them, so that a coordinate depends on its own alone.
    private func mutant(
        of parent: [Double], _ deviation: Double, _ stream: inout RandomStream
    ) -> [Double] {
        let share = max(0.4, 1 / Double(max(1, parent.count)))
        return parent.indices.map { k in
            let isChosen = stream.unit() < share
            let (coin, drawn) = (stream.unit(), Self.uniform(categories[k], stream.unit()))
            let step = stream.normalPlace()
            if categories[k] != nil {
                // An absent category may be there in the mutant, and then has no value to keep.
                return (isChosen && coin < 0.5) || parent[k] < 0 ? drawn : parent[k]
            }
            guard isChosen else { return parent[k] }
            let moved = parent[k] + deviation * Elementary.normalQuantile(step)
            return min(max(moved, 0), Self.almostOne)
        }
    }

    /// A value at random: of a category with so many, or a number.
    private static func uniform(_ category: Int?, _ unit: Double) -> Double {
        category.map { (unit * Double($0)).rounded(.down) } ?? unit
    }

    private static let almostOne = 1 - 1e-9
}
