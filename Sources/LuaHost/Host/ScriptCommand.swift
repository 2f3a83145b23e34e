internal import LuaBridge

/// What a command line asks of the interpreter, as `lua` understands it.
package struct ScriptCommand: Sendable {
    /// What runs before the script, in the order given.
    package enum Step: Sendable, Hashable {
        /// `-e CODE`
        case code(String)
        /// `-l MODULE` or `-l GLOBAL=MODULE`
        case library(String)
        /// `-W`
        case warnings
        /// A Lua file that changes what the script declares: see ``ScriptHost/override(with:)``.
        case overrides(String)
    }

    /// What is run, in order.
    package var steps: [Step] = []
    /// The script's path, "-" for standard input; nil where there are only steps.
    package var script: String?
    /// What follows the script.
    package var arguments: [String] = []
    /// What stands before the script, the program first: `arg[-1]` is its last.
    package var before: [String] = []
    /// Code, or `@` and a file's path, that runs before everything else; with its variable's name.
    package var initial: (variable: String, text: String)?

    /// A command that runs a script with these arguments.
    package init(script: String?, arguments: [String] = []) {
        self.script = script
        self.arguments = arguments
    }
}

extension ScriptHost {
    /// Runs a command line: what the environment asks for, the steps, the script.
    ///
    /// - Parameter session: what follows them, fed by a person who types.
    /// - Throws: `ScriptFailure` when something cannot be loaded, raises an error or was interrupted.
    package func run(_ command: ScriptCommand, session: ((Repl) -> Void)? = nil) throws {
        let name = command.script.map { $0 == "-" ? "stdin" : $0 }
        try enter(name ?? (session == nil ? "experiment" : "stdin")) {
            try setArguments(command)
            // What the environment asks for was not written for the sandbox.
            if !settings.isSandboxed, let initial = command.initial {
                try runInitial(initial.variable, initial.text)
            }
            for step in command.steps { try run(step) }
            if let script = command.script { try load(script).call(scriptArguments()) }
            guard let session else { return experiments.warnOfUnrun() }
            session(try Repl(self))
            if interruption.isRequested { throw LuaError("interrupted", at: .none) }
        }
    }

    private func runInitial(_ variable: String, _ text: String) throws {
        let chunk =
            try text.hasPrefix("@")
            ? load(String(text.dropFirst())) : lua.load(text: text, name: "=\(variable)")
        try chunk.call([])
    }

    private func load(_ script: String) throws -> LuaFunction {
        try placed(script == "-" ? "stdin" : script) {
            try script == "-" ? lua.loadStandardInput() : lua.load(file: script)
        }
    }

    /// Puts the script's name before a message that lacks it, as the system's "cannot open x" does.
    func placed<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as LuaError {
            guard !error.message.hasPrefix(name) else { throw error }
            throw LuaError("\(name): \(error.message)", at: .none)
        }
    }

    private func run(_ step: ScriptCommand.Step) throws {
        switch step {
        case .warnings: try lua.run(text: "warn '@on'", name: "=(command line)")
        case .overrides(let path): try override(with: path)
        case .code(let text): try lua.run(text: text, name: "=(command line)")
        case .library(let text):
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard case .function(let require) = try lua.globals.get("require") else {
                throw LuaError("-l \(text): the global require is no function")
            }
            let module = try require.call([.text(parts.last ?? text)])
            try lua.setGlobal(parts.first ?? text, module.first ?? .nil)
        }
    }

    /// `arg` as in `lua`: the script at 0, its arguments from 1 on, what stands before it below. With
    /// no script the program is at 0.
    private func setArguments(_ command: ScriptCommand) throws {
        let all = command.before + (command.script.map { [$0] } ?? []) + command.arguments
        let zero = command.script == nil ? 0 : command.before.count
        let fields = all.prefix(zero + 1).enumerated().map { index, text in
            (LuaTree.integer(index - zero), LuaTree.text(text))
        }
        let elements = all.dropFirst(zero + 1).map { LuaTree.text($0) }
        try lua.setGlobal("arg", LuaTree.table(elements: elements, fields: fields))
    }

    /// The script's arguments, which a step may have changed in `arg`.
    private func scriptArguments() throws -> [LuaTree] {
        guard case .table(let table) = try lua.globals.get("arg") else {
            throw LuaError("'arg' is not a table", at: .none)
        }
        let count = try table.rawCount
        return try count == 0 ? [] : (1...count).map { try table.rawGet($0).luaTree }
    }
}
