internal import Engine
internal import LuaBridge

/// Makes trials: the arguments, the coroutine, the random numbers.
struct TrialFactory {
    let declaration: ExperimentDeclaration
    let definition: StudyDefinition
    let host: ScriptHost

    func make(
        _ id: Int, _ configuration: Configuration, reporter: Reporter
    ) throws -> TrialRun {
        let tables = ArgumentTables(
            prelude: host.prelude, handles: declaration.space.declared.handles)
        let table = try tables.table(of: configuration, in: definition.space)
        var stream = RandomStream(seed: definition.seed, purpose: "math.random", id)
        let seed = (Int(bitPattern: UInt(stream.next())), Int(bitPattern: UInt(stream.next())))
        let random = try LuaRandomGenerator(in: host.lua, seed: seed)
        let train =
            try declaration.trialTimeOut == nil
            ? declaration.train : host.timeLimit.watch(declaration.train)
        let coroutine = try LuaCoroutine(
            train, [table.luaTree, host.lua.object(reporter).luaTree])
        return TrialRun(id: id, arguments: table, coroutine: coroutine, random: random)
    }
}
