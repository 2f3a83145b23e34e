import Engine

/// Random cases that are the same in every run.
struct TestRandom {
    private var stream: RandomStream

    init(_ purpose: String, _ number: Int = 0) {
        stream = RandomStream(seed: 99, purpose: purpose, number)
    }

    mutating func below(_ bound: Int) -> Int { Int(stream.below(UInt64(bound))) }

    mutating func unit() -> Double { stream.unit() }

    /// A point on a small grid, so that ties and duplicates are common.
    mutating func gridPoint(objectives: Int, levels: Int = 6) -> [Double] {
        (0..<objectives).map { _ in Double(below(levels)) }
    }

    mutating func point(objectives: Int) -> [Double] { (0..<objectives).map { _ in unit() } }

    mutating func shuffled<T>(_ values: [T]) -> [T] {
        var values = values
        for index in values.indices.dropFirst() { values.swapAt(index, below(index + 1)) }
        return values
    }
}

/// Dominance by its definition: no worse in all, better in one; less is better.
func dominatesByDefinition(_ a: [Double], _ b: [Double]) -> Bool {
    a.indices.allSatisfy { a[$0] <= b[$0] } && a.indices.contains { a[$0] < b[$0] }
}
