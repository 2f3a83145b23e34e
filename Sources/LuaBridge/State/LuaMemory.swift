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
/// `@unchecked Sendable` holds because the counts are read and written by atomic operations alone, and
/// the rest is set before another thread gets the memory.
public final class LuaMemory: @unchecked Sendable {
    let counts: UnsafeMutablePointer<clua_memory>
    private var reclaimer: Reclaimer?

    /// - Parameter limit: bytes, nil for no limit.
    init(limit: Int?) {
        counts = .allocate(capacity: 1)
        counts.initialize(
            to: clua_memory(lua: 0, native: 0, limit: limit ?? 0, reclaim: nil, context: nil))
    }

    deinit { counts.deallocate() }

    /// Has `reclaim` called before a request is refused, with how many bytes it needs; it tells whether
    /// some became free.
    ///
    /// It is called on any thread, also in the middle of an allocation of Lua's, so that it must not
    /// use the state. Set it before another thread takes memory, and once.
    public func reclaim(by reclaim: @escaping @Sendable (Int) -> Bool) {
        let reclaimer = Reclaimer(reclaim)
        self.reclaimer = reclaimer
        counts.pointee.context = Unmanaged.passUnretained(reclaimer).toOpaque()
        counts.pointee.reclaim = { context, bytes in
            let reclaimer = Unmanaged<Reclaimer>.fromOpaque(context!).takeUnretainedValue()
            return reclaimer.reclaim(Int(clamping: bytes)) ? 1 : 0
        }
    }

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

/// What a C function pointer cannot hold: a closure.
private final class Reclaimer: Sendable {
    let reclaim: @Sendable (Int) -> Bool

    init(_ reclaim: @escaping @Sendable (Int) -> Bool) { self.reclaim = reclaim }
}
