/// One front of points with two objectives.
///
/// Invariant: along the front the first cost rises and the second falls; equal points lie side by side.
struct PlanarFront: Sendable {
    /// A point of the front.
    struct Entry: Sendable {
        let first: Double
        let second: Double
        let id: Int32
        var isOpen = false
    }

    private(set) var entries: [Entry]
    /// How many of them are open.
    private(set) var openCount: Int

    /// - Parameter entries: in the order of a front.
    init(_ entries: [Entry]) {
        self.entries = entries
        openCount = entries.count { $0.isOpen }
    }

    /// Whether a point of the front dominates the point (first, second). O(log n).
    func dominates(_ first: Double, _ second: Double) -> Bool {
        entries.withUnsafeBufferPointer { points in
            // Of all points as good in the first objective, the last is best in the second.
            var (end, rest) = (0, points.count)
            while rest > 0 {
                let half = rest / 2
                if points[end + half].first <= first {
                    end += half + 1
                    rest -= half + 1
                } else {
                    rest = half
                }
            }
            guard end > 0 else { return false }
            let rival = points[end - 1]
            return rival.second < second || (rival.second == second && rival.first < first)
        }
    }

    /// The place of a point that is on the front. O(log n), besides points that are equal to it.
    func place(of id: Int32, _ first: Double) -> Int {
        var place = start(of: first, near: entries.count / 2)
        while entries[place].id != id { place += 1 }
        return place
    }

    /// The points that are dominated once a run of points, in order, has come from the front before:
    /// what lies between two neighbours of a front is dominated by none of its other points, so it
    /// could not be in the next.
    ///
    /// - Parameters:
    ///   - best: the first point of the run.
    ///   - last: its last.
    ///   - hint: where they might begin; the nearer, the faster.
    func range(displacedBy best: Entry, to last: Entry, near hint: Int) -> Range<Int> {
        var start = start(of: best.first, near: hint)
        return entries.withUnsafeBufferPointer { points in
            // Equal points stay.
            while start < points.count, points[start].first == best.first,
                points[start].second == best.second
            { start += 1 }
            var end = start
            while end < points.count, points[end].second >= last.second { end += 1 }
            return start..<end
        }
    }

    /// Puts `run` in the place of a range, which becomes the run.
    ///
    /// - Parameter spare: room that is used.
    mutating func exchange(
        _ run: inout [Entry], at range: Range<Int>, with spare: inout [Entry]
    ) {
        openCount += run.count { $0.isOpen } - entries[range].count { $0.isOpen }
        guard range.count == run.count else {
            spare.removeAll(keepingCapacity: true)
            spare.append(contentsOf: entries[range])
            entries.replaceSubrange(range, with: run)
            swap(&run, &spare)
            return
        }
        entries.withUnsafeMutableBufferPointer { points in
            run.withUnsafeMutableBufferPointer { run in
                for place in run.indices {
                    swap(&points[range.lowerBound + place], &run[place])
                }
            }
        }
    }

    /// Makes a point open or not.
    mutating func setOpen(_ place: Int, _ isOpen: Bool) {
        openCount += (isOpen ? 1 : 0) - (entries[place].isOpen ? 1 : 0)
        entries[place].isOpen = isOpen
    }

    /// The first place where the first cost is at least `first`. O(log of how far that is from `hint`).
    private func start(of first: Double, near hint: Int) -> Int {
        entries.withUnsafeBufferPointer { points in
            let hint = min(hint, points.count)
            var (low, high, step) = (hint, hint, 1)
            if hint < points.count, points[hint].first < first {
                (low, high) = (hint + 1, hint + 1)
                while high < points.count, points[high].first < first {
                    (low, high, step) = (high + 1, high + 1 + step, 2 * step)
                }
                high = min(high, points.count)
            } else {
                low = max(high - step, 0)
                while low < high, points[low].first >= first {
                    (low, high, step) = (max(low - 2 * step, 0), low, 2 * step)
                }
            }
            while low < high {
                let middle = (low + high) / 2
                if points[middle].first < first { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
