internal import CLua

/// One Lua 5.4 state with the standard libraries.
///
/// ```swift
/// let lua = try LuaState()
/// try lua.setGlobal("answer", lua.function("answer") { call in try call.return(42) })
/// try lua.run(text: "print(answer())", name: "=example")
/// ```
///
/// A state and everything that comes from it (values, functions, coroutines) belong to the thread
/// that made it. References may be dropped on any thread.
///
/// No error of Lua's ever jumps over a Swift frame: what may raise runs in C under `lua_pcallk`, and
/// what Swift throws is raised by C after Swift has returned.
public final class LuaState {
    let main: OpaquePointer
    let host: UnsafeMutablePointer<clua_host>
    /// What the state and its native objects hold.
    public let memory: LuaMemory
    let releases = ReleaseQueue()
    var functions: [NativeFunction] = []
    var types: [ObjectIdentifier: LuaTypeRecord] = [:]
    /// What answers a suspended call when its coroutine, one of the script's own, continues.
    var continuations: [OpaquePointer: LuaNativeBody] = [:]
    /// The innermost coroutine that Swift drives, held by who resumes it.
    var driven: Unmanaged<DrivenThread>?
    /// What ``contentKey`` refers to.
    var contentReference: LuaReference?
    /// What is to be done before `os.exit` ends the process.
    var atExit: (() -> Void)?

    private var isOpen = true
    var isInterruptible = false

    /// The innermost thread that Swift was called from, or the main one.
    var current: OpaquePointer {
        get { host.pointee.current! }
        set { host.pointee.current = newValue }
    }

    /// - Parameter memoryLimit: the bytes that Lua and its native objects may hold, or nil for no
    ///   limit. Beyond it an allocation fails, which a script sees as the error "not enough memory".
    /// - Parameter ignoresEnvironment: `LUA_PATH` and `LUA_CPATH` do not count, as with `lua -E`.
    /// - Throws: `LuaError` where there is no memory for a state.
    public convenience init(memoryLimit: Int? = nil, ignoresEnvironment: Bool = false) throws {
        try self.init(
            memoryLimit: memoryLimit, standardCoroutines: false, failing: nil,
            ignoresEnvironment: ignoresEnvironment)
    }

    /// Lua's release and copyright, as `lua -v` gives them.
    public static var version: String { String(cString: clua_version()) }

    /// - Parameter standardCoroutines: keep the library's own coroutine functions, to compare with.
    /// - Parameter failing: the allocations that fail, the first of the state's being 1.
    package init(
        memoryLimit: Int? = nil, standardCoroutines: Bool, failing: AllocationFailure? = nil,
        ignoresEnvironment: Bool = false
    ) throws {
        host = .allocate(capacity: 1)
        host.initialize(to: clua_host())
        host.pointee.call = callNative
        host.pointee.resume = resumeNative
        host.pointee.release = { Unmanaged<AnyObject>.fromOpaque($0!).release() }
        host.pointee.secret = .random(in: .min ... .max)
        memory = LuaMemory(limit: memoryLimit)
        host.pointee.memory = memory.counts
        host.pointee.no_environment = ignoresEnvironment ? 1 : 0
        host.pointee.failing = failing?.first ?? 0
        host.pointee.failures = failing?.count ?? 0
        host.pointee.no_warnings = failing == nil ? 0 : 1
        guard let state = clua_new_state(host) else {
            host.deallocate()
            throw Self.noMemory
        }
        main = state
        host.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        if !standardCoroutines { try check(clua_try_install_coroutines(main), on: main) }
    }

    deinit {
        close()
        host.deallocate()
    }

    /// Ends the state: runs the finalisers and lets go of every Swift function and object. Needed
    /// where a function's body holds the state itself; after it the state must not be used.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        if isInterruptible { clua_interrupt_on_signal(interruptSignal, nil) }
        releases.close()
        continuations = [:]
        contentReference = nil
        // It holds what the script is run by, and that the state.
        atExit = nil
        lua_close(main)
        for record in types.values { record.deallocate() }
        types = [:]
        functions = []
    }

    /// Bytes that Lua holds now.
    public var allocatedBytes: Int { memory.luaBytes }

    static func of(_ thread: OpaquePointer) -> LuaState {
        unmanaged(of: thread).takeUnretainedValue()
    }

    static func unmanaged(of thread: OpaquePointer) -> Unmanaged<LuaState> {
        Unmanaged.fromOpaque(clua_host_of(thread)!.pointee.context)
    }

    /// Frees registry slots of references that were dropped since, wherever that was.
    func releaseDropped() {
        releases.drain { luaL_unref(main, luaRegistryIndex, $0) }
    }
}

/// `LUA_REGISTRYINDEX`, a macro that Swift cannot import.
let luaRegistryIndex: Int32 = -1_000_000 - 1000

/// `LUA_RIDX_GLOBALS`: where the registry keeps the table of globals.
let luaGlobalsIndex: lua_Integer = 2
