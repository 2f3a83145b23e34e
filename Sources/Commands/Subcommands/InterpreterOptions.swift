internal import ArgumentParser
internal import LuaHost
internal import Platform

/// The options that `lua` has too, with its meanings.
struct InterpreterOptions: ParsableArguments {
    @Option(
        name: .customShort("e", allowingJoined: true), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Run code before the script.", valueName: "code"))
    var code: [String] = []

    @Option(
        name: .customShort("l", allowingJoined: true), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Require a module into the global of its name, or as GLOBAL=MODULE.",
            valueName: "module"))
    var libraries: [String] = []

    @Flag(name: .customShort("i"), help: "Continue line by line when the script is done.")
    var isInteractive = false

    @Flag(name: .customShort("v"), help: "Print the versions of the program and of Lua.")
    var printsVersion = false

    @Flag(name: .customShort("E"), help: "Ignore LUA_INIT, LUA_PATH and LUA_CPATH.")
    var ignoresEnvironment = false

    @Flag(name: .customShort("W"), help: "Turn warnings on; they are on from the start.")
    var warns = false

    @Argument(
        help: "The Lua script; - for standard input.", completion: .file(extensions: ["lua"]))
    var script: String?

    @Argument(parsing: .captureForPassthrough, help: "Arguments of the script.")
    var arguments: [String] = []

    /// As `lua`, which names itself before a session.
    var showsVersion: Bool { printsVersion || isInteractive && Terminal.standardInputIsTerminal }

    /// Whether there is more to do than to print the version.
    var hasWork: Bool {
        script != nil || isInteractive || !code.isEmpty || !libraries.isEmpty
    }

    /// Whether nothing runs beside the script that may read its arguments, too.
    var runsScriptAlone: Bool { !isInteractive && code.isEmpty && libraries.isEmpty }

    func validate() throws {
        guard hasWork || printsVersion else {
            throw ValidationError("Missing expected argument '<script>'")
        }
    }

    var command: ScriptCommand {
        var command = ScriptCommand(script: script, arguments: arguments)
        let all = CommandLine.arguments
        let given = arguments.count + (script == nil ? 0 : 1)
        command.before = Array(all.dropLast(given))
        command.steps = Self.steps(in: command.before, code: code, libraries: libraries)
        command.initial = ignoresEnvironment ? nil : Self.initial
        return command
    }

    /// The arguments with `-eCODE` and `-lMODULE` at their start as two words: the parser would take an
    /// `=` in the code for its own.
    static func separated(_ arguments: some Sequence<String>) -> [String] {
        var words: [String] = []
        var rest = Array(arguments)[...]
        if rest.first == "run" { words.append(rest.removeFirst()) }
        while let word = rest.first, takesValue(word) || flags.contains(word) {
            rest.removeFirst()
            guard takesValue(word) else {
                words.append(word)
                continue
            }
            let value = word.count == 2 ? rest.popFirst() : String(word.dropFirst(2))
            words += [String(word.prefix(2))] + (value.map { [$0] } ?? [])
        }
        return words + rest
    }

    private static let flags = ["-i", "-v", "-E", "-W"]

    private static func takesValue(_ word: String) -> Bool {
        word.hasPrefix("-e") || word.hasPrefix("-l")
    }

    /// `-e`, `-l` and `-W` in the order they were given, which the parser does not keep between them.
    static func steps(
        in words: [String], code: [String], libraries: [String]
    ) -> [ScriptCommand.Step] {
        var (words, code, libraries) = (words[...], code[...], libraries[...])
        var steps: [ScriptCommand.Step] = []
        while let word = words.popFirst() {
            if word == "-W" { steps.append(.warnings) }
            guard takesValue(word) else { continue }
            let value = word.count == 2 ? words.first : String(word.dropFirst(2))
            if word.hasPrefix("-e"), let first = code.first, first == value {
                steps.append(.code(code.removeFirst()))
            } else if word.hasPrefix("-l"), let first = libraries.first, first == value {
                steps.append(.library(libraries.removeFirst()))
            } else {
                continue
            }
            if word.count == 2 { words.removeFirst() }
        }
        return steps + code.map { .code($0) } + libraries.map { .library($0) }
    }

    /// The newer variable wins, as in `lua`.
    static var initial: (variable: String, text: String)? {
        for name in ["LUA_INIT_5_4", "LUA_INIT"] {
            if let text = getenv(name) { return (name, String(cString: text)) }
        }
        return nil
    }
}
