/// Ranks the points of a rung by one number, their key: the best that a shared set of weights makes
/// of their objectives, each mapped to 0…1 by the scale of the rung.
///
/// The scale moves as points come. To score all points again each time would cost O(n) a report, so
/// the tree holds the keys under an earlier scale, `base`. No key differs from that under the scale
/// of now by more than `margin`, which follows from the two scales. So only points whose keys in the
/// tree are within the margin of the one in question are scored again, and every answer is exactly
/// that of scoring all of them. Once as many points have been scored so as all take twice, all are.
///
/// - Complexity: recording takes O(weights · objectives + log n), besides the points within the
///   margin.
struct ScalarRanking: RungRanking {
    enum Rule: Sendable {
        case linear(Weights)
        case chebyshev(Weights, rho: Double)
        /// The sum of all shares.
        case sum
    }

    private let order: [Int]
    private let rule: Rule
    private var scale: CostScale
    /// Shape [points][objectives], objectives in the order of their names.
    private var costs: [Double] = []
    /// The key of every point under `base`: less is better, infinite when invalid.
    private var keys: [Double] = []
    private var open: [Bool] = []
    private var tree = OrderStatisticTree()
    private var base: CostBounds
    /// 0 where the scale is `base`.
    private var margin = 0.0
    /// How many points were scored beside the tree since all were.
    private var scored = 0

    init(order: [Int], rule: Rule, rules: RungRules) {
        self.order = order
        self.rule = rule
        // With one objective the values alone decide, also far out.
        scale = CostScale(
            objectives: order.count, hasOutliers: rules != .first && order.count > 1)
        base = CostBounds(objectives: order.count)
    }

    /// Of points that are given as their violations of constraints: by the sum of those, each divided
    /// by the greatest in the rung.
    init(violationsOf constraints: Int) {
        order = Array(0..<constraints)
        rule = .sum
        scale = CostScale(objectives: constraints, hasOutliers: false)
        // No violation is the best, whether the rung has such a point or not.
        _ = scale.include(ArraySlice(repeating: 0, count: constraints))
        base = scale.bounds
    }

    var count: Int { keys.count }

    mutating func record(_ costs: [Double]) {
        append(costs[...])
        let point = keys.count - 1
        let isValid = isValid(point)
        let hasMoved = isValid && scale.include(self.costs[range(of: point)])
        if hasMoved, count <= 64 { return scoreAll() }
        if hasMoved { margin = greatestChange(by: scale.bounds.distance(to: base)) }
        if isValid { keys[point] = key(of: point, under: base) }
        tree.insert(.init(key: keys[point], id: point))
        guard isValid, margin > 0 else { return }
        scored += countNear(key(of: point, under: scale.bounds))
        if scored > 2 * count { scoreAll() }
    }

    /// Many points are scored once, under the map that all of them give.
    mutating func record(contentsOf costs: [Double], count: Int) {
        let objectives = order.count
        guard count > max(8, keys.count / 8) else {
            recordOneByOne(costs, count: count)
            return
        }
        for point in 0..<count {
            append(costs[point * objectives..<(point + 1) * objectives])
            let place = keys.count - 1
            if isValid(place) { _ = scale.include(self.costs[range(of: place)]) }
        }
        scoreAll()
    }

    func rank(of point: Int) -> Int {
        countBefore(.init(key: currentKey(of: point), id: -1)) + 1
    }

    func ahead(of point: Int, limit: Int) -> [Int] { standing(of: point, limit: limit).ahead }

    func standing(of point: Int, limit: Int) -> (rank: Int, ahead: [Int]) {
        let rank = rank(of: point)
        return (rank, best(min(limit, rank - 1)))
    }

    func best(_ wanted: Int) -> [Int] {
        guard wanted > 0 else { return [] }
        guard margin > 0 else { return (0..<wanted).map { tree.element(at: $0).id } }
        var best: [OrderStatisticTree.Element] = []
        for element in tree.elements() {
            if best.count == wanted, element.key - margin > best[wanted - 1].key { break }
            let own = OrderStatisticTree.Element(
                key: currentKey(of: element.id), id: element.id)
            let place = best.partitioningIndex { own < $0 }
            if place < wanted { best.insert(own, at: place) }
            if best.count > wanted { best.removeLast() }
        }
        return best.map(\.id)
    }

    func firstOpen(among top: Int) -> Int? {
        guard margin > 0 else {
            return tree.firstOpen.flatMap { $0.position < top ? $0.element.id : nil }
        }
        var best: OrderStatisticTree.Element?
        for element in tree.openElements {
            if let best, element.key - margin > best.key { break }
            let own = OrderStatisticTree.Element(
                key: currentKey(of: element.id), id: element.id)
            if best.map({ own < $0 }) ?? true { best = own }
        }
        return best.flatMap { countBefore($0) < top ? $0.id : nil }
    }

    mutating func setOpen(_ point: Int, _ isOpen: Bool) {
        open[point] = isOpen
        tree.setOpen(.init(key: keys[point], id: point), isOpen)
    }
}

extension ScalarRanking {
    private mutating func append(_ costs: ArraySlice<Double>) {
        for objective in order { self.costs.append(costs[costs.startIndex + objective]) }
        open.append(false)
        keys.append(.infinity)
    }

    private mutating func scoreAll() {
        (base, margin, scored) = (scale.bounds, 0, 0)
        for point in keys.indices where isValid(point) {
            keys[point] = key(of: point, under: base)
        }
        let sorted = keys.indices
            .map { (element: OrderStatisticTree.Element(key: keys[$0], id: $0), isOpen: open[$0]) }
            .sorted { $0.element < $1.element }
        tree = OrderStatisticTree(sorted: sorted)
    }

    /// How many points come before an element by their keys of now.
    private func countBefore(_ own: OrderStatisticTree.Element) -> Int {
        guard margin > 0, own.key < .infinity else { return tree.count { $0 < own } }
        var count = tree.count { $0.key < own.key - margin }
        for element in tree.elements(from: count) {
            if element.key > own.key + margin { break }
            let other = OrderStatisticTree.Element(
                key: currentKey(of: element.id), id: element.id)
            if other < own { count += 1 }
        }
        return count
    }

    /// How many points `countBefore` scores.
    private func countNear(_ key: Double) -> Int {
        tree.count { $0.key <= key + margin } - tree.count { $0.key < key - margin }
    }

    /// The most by which a key changes when no share does by more than `distance`; above 0, with room
    /// for the rounding of both keys.
    private func greatestChange(by distance: Double) -> Double {
        switch rule {
        case .linear: distance + 1e-12
        case .chebyshev(_, let rho): (1 + rho) * (distance + 1e-12)
        case .sum: Double(order.count) * (distance + 1e-12)
        }
    }

    private var isLinear: Bool {
        if case .linear = rule { true } else { false }
    }

    private func isValid(_ point: Int) -> Bool {
        range(of: point).allSatisfy { costs[$0].isFinite }
    }

    private func range(of point: Int) -> Range<Int> {
        point * order.count..<(point + 1) * order.count
    }

    /// The key of a point under the scale of now.
    private func currentKey(of point: Int) -> Double {
        margin > 0 && keys[point] < .infinity
            ? key(of: point, under: scale.bounds) : keys[point]
    }

    private func key(of point: Int, under bounds: CostBounds) -> Double {
        // No array: a key is worked out several times a report.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: order.count) { parts in
            let first = point * order.count
            for objective in order.indices {
                let cost = costs[first + objective]
                parts.initializeElement(
                    at: objective,
                    to: isLinear
                        ? bounds.goodness(cost, of: objective) : bounds.share(cost, of: objective))
            }
            let parts = UnsafeBufferPointer(rebasing: parts[...])
            switch rule {
            case .linear(let weights): return -weights.bestSum(parts)
            case .chebyshev(let weights, let rho): return weights.leastChebyshev(parts, rho: rho)
            case .sum: return parts.reduce(0, +)
            }
        }
    }
}
