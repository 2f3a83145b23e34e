internal import HeapModule

/// The trials whose coroutines can continue, the one furthest behind on the virtual clock first.
struct ReadyQueue {
    private struct Entry: Comparable {
        let virtualTime: Int
        let order: Int
        let trial: Int
        static func < (a: Entry, b: Entry) -> Bool {
            (a.virtualTime, a.order) < (b.virtualTime, b.order)
        }
    }
    private var entries: Heap<Entry> = []
    private var order = 0

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ trial: Int, virtualTime: Int) {
        entries.insert(Entry(virtualTime: virtualTime, order: order, trial: trial))
        order += 1
    }

    mutating func next() -> Int? { entries.popMin()?.trial }
}
