/// The records of a history under one scale, in the orders that the model chooses them by.
///
/// For each level: the last records of trials that stand there, best first by the random weights,
/// and the waiting trials, least value first. Both are kept up to date record by record, and are
/// built again when the scale changes.
package struct RecordOrder: Sendable {
    /// How values of objectives become what the model sees.
    package let scale: ObjectiveScale
    /// How far reports are beyond constraints, as the model sees it.
    package let constraints: ConstraintScale
    /// How many of the history's first records the scale is of.
    package let scaledRecords: Int
    private let weights: Weights
    /// For each objective the greatest w and the inverse of the range; of the scaled records.
    private var range: [(greatest: Double, inverse: Double)]
    /// For each level; ids are record numbers.
    package private(set) var best: [OrderStatisticTree]
    /// For each level; ids are trials.
    package private(set) var waiting: [OrderStatisticTree]
    private var recordCount = 0
    private var changeCount = 0
    /// The key under which each waiting trial stands in its tree.
    private var waitingKeys: [Int: Double] = [:]
    /// The key under which each record that is its trial's last stands in its tree.
    private var bestKeys: [Int: Double] = [:]

    /// - Complexity: O(records · objectives · weights), and O(n log n) to sort.
    package init(
        _ history: ModelHistory, scale: ObjectiveScale, scaled count: Int, weights: Weights
    ) {
        (self.scale, scaledRecords, self.weights) = (scale, count, weights)
        constraints = ConstraintScale(history, first: count)
        range = (0..<history.objectives).map { j in
            var (least, greatest) = (Double.infinity, -Double.infinity)
            for record in 0..<count where history.records[record].isValid {
                let w = scale.warped(record, j, in: history)
                (least, greatest) = (min(least, w), max(greatest, w))
            }
            return (greatest, greatest > least ? 1 / (greatest - least) : 1)
        }
        best = history.levels.map { _ in OrderStatisticTree() }
        waiting = best
        build(history)
    }

    /// Takes what the history has that the orders do not.
    ///
    /// - Complexity: O(log n) for each record and change.
    package mutating func update(_ history: ModelHistory) {
        for record in recordCount..<history.records.count { insert(record, history) }
        recordCount = history.records.count
        for change in changeCount..<history.changes.count {
            update(waiting: history.changes[change], history)
        }
        changeCount = history.changes.count
    }

    private mutating func build(_ history: ModelHistory) {
        var elements = history.levels.map { _ in [(OrderStatisticTree.Element, isOpen: Bool)]() }
        var paused = elements
        for (index, entry) in history.entries.enumerated() {
            guard let record = entry.record else { continue }
            let level = history.records[record].level
            let key = score(of: record, history)
            bestKeys[record] = key
            elements[level].append((.init(key: key, id: record), false))
            guard entry.isWaiting else { continue }
            let value = leastValue(of: record, history)
            waitingKeys[index + 1] = value
            paused[level].append((.init(key: value, id: index + 1), false))
        }
        best = elements.map { OrderStatisticTree(sorted: $0.sorted { $0.0 < $1.0 }) }
        waiting = paused.map { OrderStatisticTree(sorted: $0.sorted { $0.0 < $1.0 }) }
        (recordCount, changeCount) = (history.records.count, history.changes.count)
    }

    private mutating func insert(_ record: Int, _ history: ModelHistory) {
        let new = history.records[record]
        if let previous = new.previous, let key = bestKeys.removeValue(forKey: previous) {
            best[history.records[previous].level].remove(.init(key: key, id: previous))
        }
        let key = score(of: record, history)
        bestKeys[record] = key
        best[new.level].insert(.init(key: key, id: record))
    }

    private mutating func update(waiting trial: Int, _ history: ModelHistory) {
        if let key = waitingKeys.removeValue(forKey: trial) {
            for level in waiting.indices { waiting[level].remove(.init(key: key, id: trial)) }
        }
        let entry = history.entries[trial - 1]
        guard entry.isWaiting, let record = entry.record else { return }
        let value = leastValue(of: record, history)
        waitingKeys[trial] = value
        waiting[history.records[record].level].insert(.init(key: value, id: trial))
    }

    /// Less is better: minus the most that any weights make of the record. What violates constraints
    /// comes after all that keeps them, by how much it does.
    private func score(of record: Int, _ history: ModelHistory) -> Double {
        if let penalty = penalty(of: record, history) { return penalty }
        return -weights.bestSum(
            range.enumerated().map { j, range in
                (range.greatest - scale.warped(record, j, in: history)) * range.inverse
            })
    }

    private func leastValue(of record: Int, _ history: ModelHistory) -> Double {
        if let penalty = penalty(of: record, history) { return penalty }
        return (0..<history.objectives).map { scale.value(of: record, $0, in: history) }.min() ?? 0
    }
}

extension RecordOrder {
    /// A key behind those of all records that keep the constraints; nil of one that does, or that is
    /// invalid.
    private func penalty(of record: Int, _ history: ModelHistory) -> Double? {
        guard history.records[record].isValid, !history.records[record].isFeasible else {
            return nil
        }
        return 1e6 + constraints.violation(of: record, in: history)
    }

    /// The records that train the model: the last one of each trial, at most `limit`. From the top
    /// level down at most half of what is left (at the lowest level all); of a level with more, two
    /// thirds the best and one third the newest.
    ///
    /// - Returns: record numbers, increasing.
    package func training(limit: Int, _ history: ModelHistory) -> [Int] {
        var left = limit
        var kept: [Int] = []
        for level in best.indices.reversed() {
            let room = level == 0 ? left : min(max(left / 2, 1), left)
            let tree = best[level]
            let chosen =
                tree.count <= room
                ? (0..<tree.count).map { tree.element(at: $0).id }
                : bestAndNewest(of: level, room, history)
            kept += chosen
            left -= chosen.count
        }
        return kept.sorted()
    }

    private func bestAndNewest(of level: Int, _ room: Int, _ history: ModelHistory) -> [Int] {
        let best = (0..<room * 2 / 3).map { self.best[level].element(at: $0).id }
        var chosen = Set(best)
        var record = history.records.count - 1
        while chosen.count < room, record >= 0 {
            if history.records[record].level == level, bestKeys[record] != nil {
                chosen.insert(record)
            }
            record -= 1
        }
        return Array(chosen)
    }

    /// The waiting trials to compare: those at `level` if it is given, else at any; at most `limit`,
    /// those with the least value of any objective first.
    package func candidates(at level: Int?, limit: Int) -> [Int] {
        let levels = level.map { $0..<$0 + 1 } ?? waiting.indices
        let first = levels.flatMap { level in
            (0..<min(limit, waiting[level].count)).map { waiting[level].element(at: $0) }
        }
        return first.sorted { $0 < $1 }.prefix(limit).map(\.id)
    }
}
