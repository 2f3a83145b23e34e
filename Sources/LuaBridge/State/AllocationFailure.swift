/// Which of Lua's allocations fail: for tests of what happens without memory.
package struct AllocationFailure: Sendable {
    /// The first that fails, counted from 1.
    package let first: Int
    /// How many fail in a row. Two make one request fail for good, as Lua collects its garbage and
    /// tries again; all from the first on are a machine without memory.
    package let count: Int

    /// Fails `count` allocations in a row, by default all, from the one numbered `first` on.
    package init(first: Int, count: Int = .max) {
        (self.first, self.count) = (first, count)
    }
}
