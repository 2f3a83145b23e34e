internal import ArgumentParser

/// Options that stand behind the script, where they are the script's, and are lost on it.
enum MisplacedOptions {
    /// What to say of them; nil where there are none, or where the script may read its arguments.
    static func notice(
        _ arguments: [String], behind script: String, of command: any ParsableCommand.Type
    ) -> String? {
        let dashed = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") }
        guard !dashed.isEmpty, dashed.contains(where: isOption(of: command)) else { return nil }
        let source = lines(ofFileAt: script)
        guard !source.isEmpty, !source.contains(where: mayReadArguments) else { return nil }
        return
            "\(arguments.joined(separator: " ")) behind \(script) is for the script, which reads "
            + "no arguments: options of mohpo-lua come before it"
    }

    /// Whether a word is one of the options that the help lists, alone or with its value.
    private static func isOption(of command: any ParsableCommand.Type) -> (String) -> Bool {
        let entries = command.helpMessage(columns: 1000).split(separator: "\n")
            .filter { $0.hasPrefix("  -") }
        let names = Set(entries.flatMap { $0.split { " ,".contains($0) } })
        return { names.contains($0.prefix { $0 != "=" }) }
    }

    /// Whether a line mentions `arg` or `...`, runs code of another file that may, or is none of Lua's
    /// source.
    private static func mayReadArguments(_ line: String) -> Bool {
        let words = Set(line.split { !($0.isLetter || $0.isNumber || $0 == "_") })
        return line.contains("...") || line.hasPrefix("\u{1B}")
            || !words.isDisjoint(with: ["arg", "dofile", "loadfile", "load"])
            || words.contains("require") && !words.contains("mohpo")
    }
}
