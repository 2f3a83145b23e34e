internal import Engine

/// Random cases that are the same in every run.
public struct TestRandom {
    private var stream: RandomStream

    /// The cases of a purpose and a number.
    public init(_ purpose: String, _ number: Int = 0) {
        stream = RandomStream(seed: 99, purpose: purpose, number)
    }

    /// An integer from 0 to below `bound`.
    public mutating func below(_ bound: Int) -> Int { Int(stream.below(UInt64(bound))) }

    /// A real from 0 to below 1.
    public mutating func unit() -> Double { stream.unit() }

    /// A point on a small grid, so that ties and duplicates are common.
    public mutating func gridPoint(objectives: Int, levels: Int = 6) -> [Double] {
        (0..<objectives).map { _ in Double(below(levels)) }
    }

    /// A point in the unit cube.
    public mutating func point(objectives: Int) -> [Double] { (0..<objectives).map { _ in unit() } }

    /// The values in a random order.
    public mutating func shuffled<T>(_ values: [T]) -> [T] {
        var values = values
        for index in values.indices.dropFirst() { values.swapAt(index, below(index + 1)) }
        return values
    }
}

/// Dominance by its definition: no worse in all, better in one; less is better.
public func dominatesByDefinition(_ a: [Double], _ b: [Double]) -> Bool {
    a.indices.allSatisfy { a[$0] <= b[$0] } && a.indices.contains { a[$0] < b[$0] }
}
