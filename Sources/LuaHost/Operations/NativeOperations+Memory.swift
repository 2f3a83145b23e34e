package import LuaBridge
internal import Platform

/// What data sets and networks of a script hold counts as its own memory.
extension LuaMemory: MemoryBudget {}

extension NativeOperations {
    /// Runs `body` once more where it failed for want of memory that only garbage held.
    ///
    /// Lua's collector runs by itself when Lua allocates; a native buffer that does not fit has to ask.
    func withRoom<Result>(_ body: () throws -> Result) throws -> Result {
        lua.paceCollector()
        do { return try body() } catch is OutOfMemory {
            // Once more also where nothing became free: other threads take and give memory meanwhile.
            lua.collectGarbage()
            return try body()
        }
    }

    /// `body` as a function of the script's that makes native objects.
    func withRoom(_ body: @escaping LuaNativeBody) -> LuaNativeBody {
        { [self] call in try withRoom { try body(call) } }
    }

    /// What makes a table of so many numbers needs for a while, beside the table itself.
    func chargeForTable(ofNumbers count: Int) throws -> MemoryCharge {
        let charge = MemoryCharge()
        let (bytes, overflow) = count.multipliedReportingOverflow(by: 160)
        try charge.add(overflow ? -1 : bytes, purpose: "a table of \(count) numbers")
        return charge
    }
}
