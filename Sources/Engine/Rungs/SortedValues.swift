/// A growing collection of numbers in order.
///
/// The numbers lie in blocks of at most 512, so that one is inserted by moving a few, and found by
/// its place by counting blocks from the middle, which is where the median is looked for. For the sizes
/// of a rung that is faster than a tree, and takes a quarter of the room.
///
/// - Complexity: O(log n) in theory, besides a split of one block for 256 numbers, which moves all
///   blocks; up to a million numbers the constant for the block wins.
///
/// Invariant: no block is empty; `ends` are their last numbers; `middle` is the block of the number at
/// place n / 2, with how many numbers stand in blocks before it.
package struct SortedValues: Sendable {
    private var blocks: [[Double]] = []
    private var ends: [Double] = []
    private var middle = (block: 0, before: 0)
    /// How many numbers there are.
    package private(set) var count = 0
    /// The least of them; nil where there is none.
    package private(set) var least: Double?

    private static let blockSize = 512

    /// A collection without numbers.
    package init() {}

    /// The greatest number; nil where there is none.
    package var greatest: Double? { ends.last }

    /// Adds a number, which is no NaN.
    package mutating func insert(_ value: Double) {
        count += 1
        guard let least else {
            (blocks, ends, self.least) = ([[value]], [value], value)
            return
        }
        if value <= least { self.least = value }
        let block = min(ends.partitioningIndex { $0 >= value }, ends.count - 1)
        if value > ends[block] { ends[block] = value }
        blocks[block].insert(value, at: blocks[block].partitioningIndex { $0 >= value })
        if block < middle.block { middle.before += 1 }
        if blocks[block].count == Self.blockSize { split(block) }
        findMiddle()
    }

    /// The middle number of a collection that is not empty; the mean of the middle two when their
    /// number is even.
    package var median: Double {
        let place = count / 2 - middle.before
        let high = blocks[middle.block][place]
        guard count.isMultiple(of: 2) else { return high }
        let low = place > 0 ? blocks[middle.block][place - 1] : ends[middle.block - 1]
        let sum = low + high
        return sum.isFinite ? sum / 2 : low / 2 + high / 2
    }

    /// The greatest number that satisfies a predicate which holds for a beginning of the order and
    /// for nothing after it; nil when none does.
    package func greatest(where holds: (Double) -> Bool) -> Double? {
        // The first block with a number that does not hold, or none.
        let block = ends.partitioningIndex { !holds($0) }
        if block < blocks.count {
            let end = blocks[block].partitioningIndex { !holds($0) }
            if end > 0 { return blocks[block][end - 1] }
        }
        return block > 0 ? ends[block - 1] : nil
    }

    private mutating func findMiddle() {
        if count / 2 < middle.before {
            middle.block -= 1
            middle.before -= blocks[middle.block].count
        } else if count / 2 >= middle.before + blocks[middle.block].count {
            middle.before += blocks[middle.block].count
            middle.block += 1
        }
    }

    private mutating func split(_ block: Int) {
        let half = Self.blockSize / 2
        blocks.insert(Array(blocks[block][half...]), at: block + 1)
        blocks[block].removeLast(half)
        ends.insert(ends[block], at: block + 1)
        ends[block] = blocks[block][half - 1]
        if block < middle.block { middle.block += 1 }
    }
}
