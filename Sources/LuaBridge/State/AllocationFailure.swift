internal import CLua

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

extension LuaState {
    /// Makes allocations fail from now on; nil: no more.
    package func fail(_ failure: AllocationFailure?) {
        host.pointee.failing = failure?.first ?? 0
        host.pointee.failures = failure?.count ?? 0
        // A finaliser that fails for want of memory is what is being tried, again and again.
        if failure != nil { host.pointee.no_warnings = 1 }
    }

    /// How many allocations have been made to fail.
    package var failedAllocations: Int { host.pointee.failed }

    /// Values on the stack that Swift works on: the same before and after every call from Swift.
    package var stackHeight: Int { Int(lua_gettop(current)) }

    /// Userdata that hold a Swift object.
    package var objectCount: Int { host.pointee.objects }
}
