/// A growing collection of numbers in order.
///
/// The numbers lie in blocks of at most 512, so that one is inserted by moving a few, and found by
/// its place by counting blocks. For the sizes of a rung that is faster than a tree, and takes a
/// quarter of the room.
///
/// - Complexity: O(log n + √n) in theory; up to a million numbers the constant for the block wins.
///
/// Invariant: no block is empty; `sizes` are their counts.
struct SortedValues: Sendable {
    private var blocks: [[Double]] = []
    private var sizes: [Int] = []
    private(set) var count = 0

    private static let blockSize = 512

    var least: Double? { blocks.first?.first }
    var greatest: Double? { blocks.last?.last }

    /// Adds a number, which is no NaN.
    mutating func insert(_ value: Double) {
        count += 1
        guard !blocks.isEmpty else {
            (blocks, sizes) = ([[value]], [1])
            return
        }
        let block = min(
            blocks.partitioningIndex { $0[$0.count - 1] >= value }, blocks.count - 1)
        blocks[block].insert(value, at: blocks[block].partitioningIndex { $0 >= value })
        sizes[block] += 1
        if sizes[block] == Self.blockSize { split(block) }
    }

    /// The middle number of a collection that is not empty; the mean of the middle two when their
    /// number is even.
    var median: Double {
        let high = element(at: count / 2)
        guard count.isMultiple(of: 2) else { return high }
        let low = element(at: count / 2 - 1)
        let sum = low + high
        return sum.isFinite ? sum / 2 : low / 2 + high / 2
    }

    /// The greatest number that satisfies a predicate which holds for a beginning of the order and
    /// for nothing after it; nil when none does.
    func greatest(where holds: (Double) -> Bool) -> Double? {
        // The first block with a number that does not hold, or none.
        let block = blocks.partitioningIndex { !holds($0[$0.count - 1]) }
        if block < blocks.count {
            let end = blocks[block].partitioningIndex { !holds($0) }
            if end > 0 { return blocks[block][end - 1] }
        }
        return block > 0 ? blocks[block - 1].last : nil
    }

    private func element(at position: Int) -> Double {
        var (rest, block) = (position, 0)
        while rest >= sizes[block] {
            rest -= sizes[block]
            block += 1
        }
        return blocks[block][rest]
    }

    private mutating func split(_ block: Int) {
        let half = Self.blockSize / 2
        blocks.insert(Array(blocks[block][half...]), at: block + 1)
        blocks[block].removeLast(half)
        sizes[block] = half
        sizes.insert(half, at: block + 1)
    }
}
