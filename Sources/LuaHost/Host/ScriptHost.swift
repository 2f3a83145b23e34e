package import LuaBridge
internal import NN
internal import Platform
package import Results
package import Running

/// Runs one script: its Lua state, the modules it can require, and what it leaves behind.
///
/// Belongs to the thread that makes it.
package final class ScriptHost {
    /// The Lua state that scripts run in.
    package let lua: LuaState
    let settings: RunSettings
    let interruption: Interruption
    let observer: any RunObserver
    let prelude: Prelude
    /// Which files the script may name.
    let files: FileAccess
    let operations: NativeOperations
    let experiments: ExperimentRunner

    /// - Throws: `LuaError` where there is no memory for a state.
    package convenience init(
        settings: RunSettings, interruption: Interruption, observer: any RunObserver
    ) throws {
        try self.init(
            lua: LuaState(
                memoryLimit: settings.memoryLimit, ignoresEnvironment: settings.ignoresEnvironment),
            settings: settings,
            interruption: interruption, observer: observer)
    }

    /// A host on a state that nothing else uses; where it cannot be made, the state is closed.
    package init(
        lua: LuaState, settings: RunSettings, interruption: Interruption,
        observer: any RunObserver
    ) throws {
        self.lua = lua
        self.settings = settings
        self.interruption = interruption
        self.observer = observer
        // A script from elsewhere must not fill a disk.
        let paused = PausedNetworks(settings.isSandboxed ? nil : BufferStore())
        lua.memory.reclaim(by: paused.reclaim)
        operations = NativeOperations(
            lua, interruption: interruption, seed: settings.seed, paused: paused)
        // What is defined holds what has defined it, and that the state.
        do {
            files = try FileAccess(isSandboxed: settings.isSandboxed)
            prelude = try Prelude(in: lua)
            let timeLimit = try TimeLimitHook(in: lua) { [operations] in
                operations.executor?.overdueMessage
            }
            let context = ScriptContext(
                lua: lua, settings: settings, interruption: interruption, observer: observer,
                prelude: prelude)
            experiments = ExperimentRunner(context, operations: operations, timeLimit: timeLimit)
            try define()
        } catch {
            lua.close()
            throw error
        }
    }

    private func define() throws {
        // Lua would seed its generator from the clock: a script that makes its own data would then be
        // another one in every run.
        try lua.run(text: "math.randomseed(...)", name: "=mohpo", [.integer(settings.seed)])
        try lua.shareRandom()
        lua.onExit { [operations] in operations.executor?.loop.syncAtExit() }
        let data = DataModule(
            operations: operations, files: files, loaded: LoadedDataSets(), observer: observer)
        let networks = NetworkModule(operations: operations, files: files)
        let module = try ExperimentModule(
            experiments: experiments, prelude: prelude, files: files,
            programs: settings.isSandboxed ? nil : ProgramModule(in: lua, operations: operations))
        try data.define(in: lua)
        try networks.define(in: lua)
        try module.define(in: lua)
        try lua.preload("mohpo", open: module.open)
        try lua.preload("mohpo.nn", open: networks.open)
        try lua.preload("mohpo.data", open: data.open)
        if settings.isSandboxed { try Sandbox(files: files).install(in: lua) }
    }

    /// Ends the state. The host's functions hold the host, so this must be called.
    package func close() {
        lua.close()
        operations.endProcesses()
    }

    /// Runs the script at `path` with its arguments, on this thread.
    ///
    /// - Throws: `ScriptFailure` when it cannot be loaded or raises an error.
    package func runScript(_ path: String, arguments: [String] = []) throws {
        try run(ScriptCommand(script: path, arguments: arguments))
    }

    /// Runs Lua source as if it had been read from `path`.
    package func run(text: String, path: String = "script.lua") throws {
        try enter(path) {
            try placed(path) { try lua.load(text: text, name: "@\(path)") }.call([])
            experiments.warnOfUnrun()
        }
    }

    /// Runs `body` as the script at `path`, which an interrupt can reach.
    func enter(_ path: String, _ body: () throws -> Void) throws {
        experiments.script = path
        do {
            if settings.isInterruptible {
                lua.allowInterrupts()
                interruption.follow(LuaThread.current)
            }
            defer { interruption.follow(nil as LuaThread?) }
            try MemoryBudgets.$current.withValue(lua.memory) { try files.confining(body) }
        } catch let error as LuaError {
            throw ScriptFailure(error, interruption: interruption, settings: settings)
        }
    }

    // MARK: - Results

    /// The studies that have been run, in order, also one that was interrupted: all of them, or the last.
    package var studies: [StudyView] { experiments.studies.map(\.view) }

    /// The names of those of which every trial failed, each once.
    package var failedStudies: [String] { experiments.failedStudies }
}
