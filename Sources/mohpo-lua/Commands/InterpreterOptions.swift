internal import ArgumentParser
internal import Experiment
internal import SystemC

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

    @Argument(
        help: "The Lua script; - for standard input.", completion: .file(extensions: ["lua"]))
    var script: String?

    @Argument(parsing: .captureForPassthrough, help: "Arguments of the script.")
    var arguments: [String] = []

    func validate() throws {
        guard script != nil || !code.isEmpty || !libraries.isEmpty else {
            throw ValidationError("Missing expected argument '<script>'")
        }
    }

    var command: ScriptCommand {
        var command = ScriptCommand(script: script, arguments: arguments)
        let all = CommandLine.arguments
        let given = arguments.count + (script == nil ? 0 : 1)
        command.before = Array(all.dropLast(given))
        command.steps = Self.steps(in: command.before, code: code, libraries: libraries)
        command.initial = Self.initial
        return command
    }

    /// The arguments with `-eCODE` and `-lMODULE` at their start as two words: the parser would take an
    /// `=` in the code for its own.
    static func separated(_ arguments: some Sequence<String>) -> [String] {
        var words: [String] = []
        var rest = Array(arguments)[...]
        if rest.first == "run" { words.append(rest.removeFirst()) }
        while let word = rest.first, word.hasPrefix("-e") || word.hasPrefix("-l") {
            rest.removeFirst()
            let value = word.count == 2 ? rest.popFirst() : String(word.dropFirst(2))
            words += [String(word.prefix(2))] + (value.map { [$0] } ?? [])
        }
        return words + rest
    }

    /// `-e` and `-l` in the order they were given, which the parser does not keep between the two.
    static func steps(
        in words: [String], code: [String], libraries: [String]
    ) -> [ScriptCommand.Step] {
        var (code, libraries) = (code[...], libraries[...])
        var steps: [ScriptCommand.Step] = []
        for (index, word) in words.enumerated() where word.hasPrefix("-") {
            let next = index + 1 < words.count ? words[index + 1] : nil
            let value = word.count == 2 ? next : String(word.dropFirst(2))
            if word.hasPrefix("-e"), let first = code.first, first == value {
                steps.append(.code(code.removeFirst()))
            } else if word.hasPrefix("-l"), let first = libraries.first, first == value {
                steps.append(.library(libraries.removeFirst()))
            }
        }
        return steps + code.map { .code($0) } + libraries.map { .library($0) }
    }

    /// The newer variable wins, as in `lua`.
    private static var initial: (variable: String, text: String)? {
        for name in ["LUA_INIT_5_4", "LUA_INIT"] {
            if let text = getenv(name) { return (name, String(cString: text)) }
        }
        return nil
    }
}
