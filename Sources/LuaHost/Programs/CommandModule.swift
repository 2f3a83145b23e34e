internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// `ag.command { … }`: a program as the `train` of an experiment.
///
/// What a script gets is a function of Lua's, whose loop takes one report of the program after the
/// other to the reporter. The program ends with the function's local variable, whatever ends that.
struct CommandModule {
    let operations: NativeOperations

    /// What a function of `ag.command` runs, which only its own code can reach.
    final class Declared {
        let spec: ProgramSpec
        init(_ spec: ProgramSpec) { self.spec = spec }
    }

    func define(in lua: LuaState) throws {
        try lua.define(Declared.self, name: "Command") { _ in }
        try lua.define(CommandRun.self, name: "CommandRun") { type in
            type.method("next", taking: []) { run, call in try run.next(call) }
            type.metamethod("__close") { run, call in
                // The error that ends the function, if one does.
                if !call.isNil(2) { run.fail() }
                run.close()
                return try call.return()
            }
        }
    }

    /// The two functions of the glue: what makes a `train`, and what tells the command of one.
    func glue(in lua: LuaState) throws -> CommandGlue {
        let beginning = try lua.function("ag.command") { call in
            try call.return(object: begin(call.object(1, as: Declared.self).spec))
        }
        let made = try lua.run(text: Self.source, name: "=mohpo", [beginning.luaTree])
        guard case .function(let make) = made[0], case .function(let find) = made[1] else {
            preconditionFailure("the glue returns two functions")
        }
        return CommandGlue(make: make, find: find)
    }

    private func begin(_ spec: ProgramSpec) throws -> CommandRun {
        guard let executor = operations.executor, let trial = executor.current else {
            throw LuaError("ag.command: a command is a train function: it runs in trials alone")
        }
        return try executor.beginCommand(spec, of: trial, operations)
    }

    // Without the lines of its own that messages would name in place of the script's.
    private static let source = #"""
        local build = load(string.dump(function(begin)
          local setmetatable = setmetatable
          local commands = setmetatable({}, { __mode = "k" })
          local function make(command)
            local function train(args, reporter)
              local run <close> = begin(command)
              local report = run:next()
              while report do
                reporter(report)
                report = run:next()
              end
            end
            commands[train] = command
            return train
          end
          local function find(train) return commands[train] end
          return make, find
        end, true))
        return build(...)
        """#
}

/// The functions of Lua's that make commands of tables, and find them again.
struct CommandGlue {
    fileprivate let make: LuaFunction
    fileprivate let find: LuaFunction

    /// `ag.command { … }`
    func command(_ call: LuaCall) throws -> LuaAnswer {
        let spec = try CommandReader.spec(call[1])
        let declared = try call.state.object(CommandModule.Declared(spec))
        return try call.return(make.call([declared.luaTree]).first ?? .nil)
    }

    /// Checks the names in a command's templates, where a declared `train` is one.
    ///
    /// - Throws: `LuaError` that names the template and what was probably meant.
    func check(_ declaration: ExperimentDeclaration) throws {
        guard case .object(let object)? = try find.call([declaration.train.luaTree]).first,
            let declared = object.object as? CommandModule.Declared
        else { return }
        do { try declared.spec.check(declaration.space.space) } catch let error as SettingError {
            throw LuaError("ag.command: \(error)")
        }
    }
}
