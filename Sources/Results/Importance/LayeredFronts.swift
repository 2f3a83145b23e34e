package import Engine

/// Points in layers: the front, the front of what is left without it, and so on.
///
/// A point is covered by another that is at least as good in every objective; of equal points the first
/// covers the others. A layer holds the points that none but points of earlier layers cover.
package enum LayeredFronts {
    /// The places of the points of the first layers, of as few as have `count` points together.
    ///
    /// With a tolerance the layers are what `Pareto.front` gives again and again; of one objective every
    /// point is a layer of its own, whatever its tolerance.
    ///
    /// - Parameters:
    ///   - points: finite values, one for each objective.
    ///   - count: at most the number of points.
    /// - Complexity: O(n log n) for up to two objectives, else O(n · points of the layers) in the worst
    ///   case; with a tolerance O(n · layers) fronts.
    package static func first(
        _ count: Int, of points: [[Double]], objectives: [Objective]
    ) -> [Int] {
        if objectives.count > 1, objectives.contains(where: { $0.tolerance > 0 }) {
            return peeled(count, of: points, objectives)
        }
        let costs = points.map { point in
            zip(objectives, point).map { $0.cost($1) }
        }
        let order = costs.indices.sorted { one, other in
            costs[one] == costs[other]
                ? one < other : costs[one].lexicographicallyPrecedes(costs[other])
        }
        return switch objectives.count {
        case 1: Array(order.prefix(count))
        case 2: plane(count, of: costs, order)
        default: layers(count, of: costs, order)
        }
    }

    private static func peeled(
        _ count: Int, of points: [[Double]], _ objectives: [Objective]
    ) -> [Int] {
        var found: [Int] = []
        var rest = Array(points.indices)
        while found.count < count {
            let layer = Set(
                Pareto.front(rest.map { points[$0] }, objectives: objectives).map { rest[$0] })
            found += layer
            rest.removeAll(where: layer.contains)
        }
        return found
    }

    /// Points come with rising first costs, so that of each layer its least second cost so far, which is
    /// its last, says what it covers. These costs rise from layer to layer.
    ///
    /// Source: Jensen 2003, "Reducing the run-time complexity of multiobjective EAs".
    private static func plane(_ count: Int, of costs: [[Double]], _ order: [Int]) -> [Int] {
        var layers = Layers(count)
        var last: [Double] = []
        for place in order {
            let second = costs[place][1]
            let layer = last.partitioningIndex { $0 > second }
            guard layers.add(place, to: layer) else { continue }
            if layer < last.count { last[layer] = second } else { last.append(second) }
        }
        return layers.places
    }

    /// What covers a point comes before it, so that a point's layer is final once it is found. Whatever
    /// a layer covers all earlier ones do, so that a binary search finds it.
    ///
    /// Source: Zhang, Tian, Cheng, Jin 2015, "An efficient approach to nondominated sorting".
    private static func layers(_ count: Int, of costs: [[Double]], _ order: [Int]) -> [Int] {
        var layers = Layers(count)
        for place in order {
            let own = costs[place]
            let layer = layers.members.partitioningIndex { members in
                // The last ones are the likeliest.
                !members.reversed().contains { covers(costs[$0], own) }
            }
            _ = layers.add(place, to: layer)
        }
        return layers.places
    }

    private static func covers(_ one: [Double], _ other: [Double]) -> Bool {
        for objective in one.indices where one[objective] > other[objective] { return false }
        return true
    }
}

/// The layers that are wanted: once the first ones have enough points, later ones are dropped.
private struct Layers {
    private let count: Int
    /// The points of each layer, in the order they came.
    private(set) var members: [[Int]] = []
    /// How many points all layers have.
    private var total = 0

    init(_ count: Int) { self.count = count }

    var places: [Int] { members.flatMap(\.self) }

    /// Whether a layer is wanted, to which a point is added then.
    mutating func add(_ place: Int, to layer: Int) -> Bool {
        guard layer < members.count || layer == members.count && total < count else {
            return false
        }
        if layer == members.count { members.append([]) }
        members[layer].append(place)
        total += 1
        while let last = members.last, total - last.count >= count {
            total -= last.count
            members.removeLast()
        }
        return true
    }
}

extension Array {
    /// The first place from which on a condition holds, which holds of all behind one of which it does;
    /// the count where it holds of none. O(log n).
    fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
