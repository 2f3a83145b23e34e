internal import LuaBridge

/// What a script starts programs with, which there is not in the sandbox.
struct ProgramModule {
    private let spawning: SpawnModule
    private let commands: CommandModule
    private let glue: CommandGlue

    /// Defines the objects in a state.
    init(in lua: LuaState, operations: NativeOperations) throws {
        spawning = SpawnModule(operations: operations)
        commands = CommandModule(operations: operations)
        try spawning.define(in: lua)
        try commands.define(in: lua)
        glue = try commands.glue(in: lua)
    }

    /// `ag.spawn` and `ag.command`.
    var functions: [ModuleFunction] {
        [
            ModuleFunction("spawn", taking: ["program"], spawning.spawn),
            ModuleFunction("command", taking: ["program"], glue.command),
        ]
    }

    /// Checks a declared experiment, where its `train` is a command.
    ///
    /// - Throws: `LuaError`.
    func check(_ declaration: ExperimentDeclaration) throws { try glue.check(declaration) }
}
