internal import CLua

extension LuaState {
    /// Collects garbage if native objects have grown so much that garbage may be what holds the
    /// memory, also where a script has stopped the collector. Runs the script's finalisers.
    public func paceCollector() { clua_pace_collector(current) }

    /// Collects garbage now, which runs the script's finalisers.
    ///
    /// - Returns: whether native memory became free.
    @discardableResult
    public func collectGarbage() -> Bool {
        let before = memory.nativeBytes
        clua_collect(current)
        return memory.nativeBytes < before
    }

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
