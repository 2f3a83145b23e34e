internal import Engine
internal import Platform

/// A trial that was asked for, as a shell takes it: a variable a line.
enum AskedText {
    /// `trial=7`, `resource=0`, `dir=…`, and a variable `arg_NAME` for each argument. What has parts
    /// has a variable for each part, and one with all of it as JSON, or with the name of the branch.
    static func variables(of answer: JSON) -> String {
        var lines = ["trial=\(trial(of: answer))"]
        if case .integer(let resource)? = answer["resource"] {
            lines.append("resource=\(resource)")
        }
        if case .text(let directory)? = answer["dir"] { lines.append("dir=\(word(directory))") }
        if let arguments = answer["args"] { add(arguments, named: "arg", to: &lines) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The trial's number, and behind a colon which of its holders this is, where it is not the first.
    private static func trial(of answer: JSON) -> String {
        guard case .integer(let trial)? = answer["trial"] else { return "" }
        guard case .integer(let attempt)? = answer["attempt"], attempt > 1 else {
            return "\(trial)"
        }
        return "\(trial):\(attempt)"
    }

    private static func add(_ value: JSON, named name: String, to lines: inout [String]) {
        switch value {
        case .object(let members):
            if name != "arg" {
                if case .text(let branch)? = members["name"] {
                    lines.append("\(name)=\(word(branch))")
                } else {
                    lines.append("\(name)=\(word(value.written))")
                }
            }
            for (member, value) in members.sorted(by: { $0.key < $1.key }) {
                add(value, named: "\(name)_\(identifier(member.text))", to: &lines)
            }
        case .array(let elements):
            lines.append("\(name)=\(word(value.written))")
            for (index, element) in elements.enumerated() {
                add(element, named: "\(name)_\(index + 1)", to: &lines)
            }
        case .text(let text): lines.append("\(name)=\(word(text))")
        case .null: lines.append("\(name)=")
        case .boolean, .integer, .real: lines.append("\(name)=\(word(value.written))")
        }
    }

    /// What a shell takes for a part of a name.
    private static func identifier(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    /// One word in the shell's quotes.
    private static func word(_ text: String) -> String {
        "'"
            + text.split(separator: "'", omittingEmptySubsequences: false).joined(
                separator: "'\\''")
            + "'"
    }
}
