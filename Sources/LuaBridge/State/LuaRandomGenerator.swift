internal import CLua

/// A stream of random numbers of its own: Lua's generator (xoshiro256**), seeded apart.
public struct LuaRandomGenerator {
    let random: LuaReference
    let randomSeed: LuaReference

    /// - Parameter seed: two integers, as for `math.randomseed`.
    public init(in lua: LuaState, seed: (Int, Int)) throws {
        let top = lua_gettop(lua.current)
        defer { lua_settop(lua.current, top) }
        try lua.room(6, on: lua.current)
        try lua.check(clua_try_new_random(lua.current), on: lua.current)
        randomSeed = try LuaReference(popping: lua.current, of: lua)
        random = try LuaReference(popping: lua.current, of: lua)
        try self.seed(seed)
    }

    /// Begins the stream that two integers give, as `math.randomseed` does.
    public func seed(_ seed: (Int, Int)) throws {
        try LuaFunction(randomSeed).call([.integer(seed.0), .integer(seed.1)])
    }

    /// Continues with a stream that follows from the one so far.
    ///
    /// - Returns: what gives the same stream again.
    public func reseed() throws -> (Int, Int) {
        let words = try (0..<2).map { _ -> Int in
            guard case .integer(let word)? = try LuaFunction(random).call([.integer(0)]).first
            else { throw LuaError("math.random: expected an integer") }
            return word
        }
        try seed((words[0], words[1]))
        return (words[0], words[1])
    }
}

extension LuaState {
    /// Lets `use` decide which stream `math.random` and `math.randomseed` draw from, also where a
    /// script has kept the functions in variables of its own.
    public func shareRandom() throws {
        try room(6, on: main)
        try check(clua_try_share_random(main), on: main)
    }

    /// Makes `math.random` draw from `generator`, or from the state's own stream for nil. The
    /// generator must be kept alive as long as it is in use.
    public func use(_ generator: LuaRandomGenerator?) {
        host.pointee.random = (generator?.random.slot ?? 0, generator?.randomSeed.slot ?? 0)
    }
}
