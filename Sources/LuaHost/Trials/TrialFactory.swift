internal import Engine
internal import LuaBridge

/// Makes trials: the arguments, the coroutine, the random numbers.
struct TrialFactory {
    let declaration: ExperimentDeclaration
    let definition: StudyDefinition
    let lua: LuaState
    let tables: ArgumentTables
    let timeLimit: TimeLimitHook

    /// Seconds that a trial may compute; nil: as long as it wants.
    /// Thirty years are as good as no limit, and no clock counts much further.
    var timeOut: Double? { declaration.options.trialTimeOut.map { min($0, 1e9) } }

    /// A trial that has not begun, and the table `args` that its `train` will get.
    func make(
        _ id: Int, _ configuration: Configuration, reporter: Reporter
    ) throws -> (trial: LuaTrial, arguments: LuaTable) {
        let table = try arguments(of: configuration)
        var stream = RandomStream(seed: definition.seed, purpose: "math.random", id)
        let seed = (Int(bitPattern: UInt(stream.next())), Int(bitPattern: UInt(stream.next())))
        let random = try LuaRandomGenerator(in: lua, seed: seed)
        let train = try timeOut == nil ? declaration.train : timeLimit.watch(declaration.train)
        let coroutine = try LuaCoroutine(
            train, [table.luaTree, lua.object(reporter).luaTree])
        return (LuaTrial(id: id, coroutine: coroutine, random: random), table)
    }

    /// The table `args` of a configuration.
    func arguments(of configuration: Configuration) throws -> LuaTable {
        try tables.table(of: configuration, in: definition.space)
    }
}
