/// Ranks the points of a rung by one number: the best that a shared set of weights makes of their
/// objectives, each mapped to 0…1 over the values recorded in the rung.
///
/// - Complexity: recording takes O(weights · objectives + log n) as long as the new point lies
///   within the bounds of the rung. Where it does not, the map has changed and all n points are
///   scored anew, O(n · (weights · objectives + log n)). For points that come in no particular
///   order the n-th widens the bounds with probability at most 2 · objectives / n, so that the cost
///   a report stays the same on average however large the rung grows.
struct ScalarRanking: RungRanking {
    enum Rule: Sendable {
        case linear(Weights)
        case chebyshev(Weights, rho: Double)
    }

    private let order: [Int]
    private let rule: Rule
    private var bounds: CostBounds
    /// Shape [points][objectives], objectives in the order of their names.
    private var costs: [Double] = []
    /// The key of every point in the tree: less is better, infinite when invalid.
    private var keys: [Double] = []
    private var open: [Bool] = []
    private var tree = OrderStatisticTree()

    init(order: [Int], rule: Rule) {
        self.order = order
        self.rule = rule
        bounds = CostBounds(objectives: order.count)
    }

    var count: Int { keys.count }

    mutating func record(_ costs: [Double]) {
        let point = keys.count
        let valid = costs.allSatisfy(\.isFinite)
        for objective in order { self.costs.append(costs[objective]) }
        open.append(false)
        keys.append(.infinity)
        if valid, bounds.include(self.costs[(point * order.count)...]) {
            scoreAll()
        } else {
            if valid { keys[point] = key(of: point) }
            tree.insert(.init(key: keys[point], id: point))
        }
    }

    /// Many points are scored once, under the map that all of them give.
    mutating func record(contentsOf costs: [Double], count: Int) {
        let objectives = order.count
        guard count > max(8, keys.count / 8) else {
            recordOneByOne(costs, count: count)
            return
        }
        for point in 0..<count {
            let start = point * objectives
            for objective in order { self.costs.append(costs[start + objective]) }
            open.append(false)
            keys.append(.infinity)
            let valid = isValid(keys.count - 1)
            if valid { _ = bounds.include(self.costs[range(of: keys.count - 1)]) }
        }
        scoreAll()
    }

    func rank(of point: Int) -> Int { tree.count { $0.key < keys[point] } + 1 }

    func ahead(of point: Int, limit: Int) -> [Int] {
        (0..<min(limit, rank(of: point) - 1)).map { tree.element(at: $0).id }
    }

    func firstOpen(among top: Int) -> Int? {
        guard let found = tree.firstOpen, found.position < top else { return nil }
        return found.element.id
    }

    mutating func setOpen(_ point: Int, _ isOpen: Bool) {
        open[point] = isOpen
        tree.setOpen(.init(key: keys[point], id: point), isOpen)
    }

    private mutating func scoreAll() {
        for point in keys.indices where isValid(point) { keys[point] = key(of: point) }
        let sorted = keys.indices
            .map { (element: OrderStatisticTree.Element(key: keys[$0], id: $0), isOpen: open[$0]) }
            .sorted { $0.element < $1.element }
        tree = OrderStatisticTree(sorted: sorted)
    }

    private func isValid(_ point: Int) -> Bool {
        range(of: point).allSatisfy { costs[$0].isFinite }
    }

    private func range(of point: Int) -> Range<Int> {
        point * order.count..<(point + 1) * order.count
    }

    private func key(of point: Int) -> Double {
        let own = costs[range(of: point)]
        switch rule {
        case .linear(let weights):
            return -weights.bestSum(
                zip(own, 0...).map { bounds.goodness($0, of: $1) })
        case .chebyshev(let weights, let rho):
            return weights.leastChebyshev(zip(own, 0...).map { bounds.share($0, of: $1) }, rho: rho)
        }
    }
}
