import Testing

/// What style asks of every declaration.
@Suite struct StyleTests {
    private let tree = SourceTree.shared

    @Test func parametersHaveLabels() {
        for (module, files) in tree.modules.sorted(by: { $0.key < $1.key }) {
            let found = files.flatMap { file in
                Signature.all(in: file.code).filter { $0.unlabelled >= 3 }
                    .map { "\(file.path): \($0.name)" }
            }
            #expect(
                found.isEmpty,
                "\(module): \(found.count)\n\(found.joined(separator: "\n"))")
        }
    }

    /// The share of public and package declarations that must be documented, in per cent.
    private static let documented = 95

    @Test func declarationsAreDocumented() {
        for (module, files) in tree.modules.sorted(by: { $0.key < $1.key }) {
            let all = files.flatMap { file in
                Declaration.offered(in: file.text).map { (file.path, $0) }
            }
            guard !all.isEmpty else { continue }
            let bare = all.filter { !$0.1.isDocumented }
            let share = 100 * (all.count - bare.count) / all.count
            #expect(
                share >= Self.documented,
                "\(module): \(share) %\n\(bare.map { "\($0.0):\($0.1.line)" }.joined(separator: "\n"))"
            )
        }
    }
}

/// A function's or initializer's parameters, as far as their labels go.
struct Signature {
    let name: String
    let unlabelled: Int

    static func all(in code: String) -> [Signature] {
        code.matches(of: /\b(?:func\s+([^\s(<]+)|(init[?]?))\s*(?:<[^>]*>)?\(/).compactMap {
            match in
            guard let list = parameters(code[match.range.upperBound...]) else { return nil }
            let isOperator = match.1.map {
                !$0.first!.isLetter && $0.first! != "_" && $0.first! != "`"
            }
            guard isOperator != true else { return nil }
            return Signature(
                name: String(match.1 ?? match.2 ?? ""),
                unlabelled: list.count { $0.drop(while: \.isWhitespace).hasPrefix("_ ") })
        }
    }

    /// The parts between the commas of a list, up to its closing parenthesis.
    private static func parameters(_ rest: Substring) -> [Substring]? {
        var depth = 0
        var parts: [Substring] = []
        var start = rest.startIndex
        for index in rest.indices {
            switch rest[index] {
            case "(", "[", "{": depth += 1
            case ")" where depth == 0: return parts + [rest[start..<index]]
            case ")", "]", "}": depth -= 1
            case "," where depth == 0:
                parts.append(rest[start..<index])
                start = rest.index(after: index)
            default: break
            }
        }
        return nil
    }
}

/// A declaration that a module offers to others.
struct Declaration {
    let line: Int
    let isDocumented: Bool

    /// What a protocol of the standard library asks for needs no words of its own.
    private static let wellKnown = [
        "var description", "var errorDescription", "func ==", "func <", "func hash(into",
        "static func ==", "static func <", "var hashValue", "func encode(to", "init(from decoder",
        "func next()", "func makeIterator()", "var luaTree",
    ]

    static func offered(in text: String) -> [Declaration] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.compactMap { index in
            let line = lines[index].drop(while: \.isWhitespace)
            guard let match = line.prefixMatch(of: /(?:@\w+(?:\([^)]*\))? )*(?:public|package)\s+/),
                !line.contains("import "), !line.hasPrefix("package extension"),
                !line.hasPrefix("public extension")
            else { return nil }
            let rest = line[match.range.upperBound...]
            if wellKnown.contains(where: rest.hasPrefix) { return nil }
            var above = index - 1
            while above >= 0, lines[above].drop(while: \.isWhitespace).hasPrefix("@") { above -= 1 }
            let isDocumented =
                above >= 0 && lines[above].drop(while: \.isWhitespace).hasPrefix("///")
            return Declaration(line: index + 1, isDocumented: isDocumented)
        }
    }
}
