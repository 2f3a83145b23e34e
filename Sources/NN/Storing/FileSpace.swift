/// Which ranges of a file are in use. Those that are given back are used again, so that the file grows
/// with what it holds at once.
///
/// - Invariant: the free ranges ascend, are not empty, and do not touch one another or the end.
struct FileSpace {
    private var free: [Range<Int>] = []
    /// No byte from here on is in use.
    private(set) var end = 0

    /// Takes a range: the first free one that is long enough, else at the end.
    ///
    /// - Returns: where it starts.
    /// - Complexity: O(free ranges).
    mutating func take(_ count: Int) -> Int {
        guard let index = free.firstIndex(where: { $0.count >= count }) else {
            defer { end += count }
            return end
        }
        let start = free[index].lowerBound
        if free[index].count == count {
            free.remove(at: index)
        } else {
            free[index] = start + count..<free[index].upperBound
        }
        return start
    }

    /// Gives back a range that was taken.
    ///
    /// - Complexity: O(free ranges).
    mutating func give(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        var (lower, upper) = (range.lowerBound, range.upperBound)
        var index = free.firstIndex { $0.lowerBound > lower } ?? free.count
        if index < free.count, free[index].lowerBound == upper {
            upper = free.remove(at: index).upperBound
        }
        if index > 0, free[index - 1].upperBound == lower {
            index -= 1
            lower = free.remove(at: index).lowerBound
        }
        if upper == end { end = lower } else { free.insert(lower..<upper, at: index) }
    }
}
