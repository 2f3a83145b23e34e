/// Networks that this does not keep alive.
struct WeakNetworks {
    private struct Entry {
        weak var network: (any TrainableNetwork)?
    }
    private var entries: [Entry] = []
    /// As many entries are looked through for those that are gone.
    private var limit = 8

    /// Those that are still there, in the order in which they were added.
    var all: [any TrainableNetwork] { entries.compactMap(\.network) }

    /// Adds one. Amortised O(1); takes memory in proportion to those that are still there.
    mutating func add(_ network: any TrainableNetwork) {
        if entries.count >= limit {
            entries.removeAll { $0.network == nil }
            limit = 2 * entries.count + 8
        }
        entries.append(Entry(network: network))
    }
}
