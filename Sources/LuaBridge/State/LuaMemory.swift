internal import CLua

/// The memory that a state and the native objects made for it hold together, and may hold.
///
/// Lua's collector sees a userdata of a few bytes where a native object holds gigabytes. What natives
/// take here counts towards the state's limit, and makes Lua collect its garbage in time.
///
/// ```swift
/// guard lua.memory.take(1 << 30) else { throw LuaError("not enough memory for …") }
/// ```
///
/// `@unchecked Sendable` holds because the counts are read and written by atomic operations alone.
public final class LuaMemory: @unchecked Sendable {
    let counts: UnsafeMutablePointer<clua_memory>

    /// - Parameter limit: bytes, nil for no limit.
    init(limit: Int?) {
        counts = .allocate(capacity: 1)
        counts.initialize(to: clua_memory(lua: 0, native: 0, limit: limit ?? 0))
    }

    deinit { counts.deallocate() }

    /// Counts bytes that a native object is about to hold; callable from any thread.
    ///
    /// - Returns: false when that exceeds the limit; nothing is counted then.
    public func take(_ bytes: Int) -> Bool { clua_memory_take(counts, bytes) != 0 }

    /// Gives bytes back that were taken; callable from any thread, also when the state has ended.
    public func give(_ bytes: Int) { clua_memory_give(counts, bytes) }

    /// Bytes that native objects hold now.
    public var nativeBytes: Int { clua_memory_of_natives(counts) }

    /// Bytes that Lua holds now.
    public var luaBytes: Int { clua_memory_of_lua(counts) }
}
