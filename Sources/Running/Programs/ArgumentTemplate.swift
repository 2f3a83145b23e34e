internal import Engine

/// A text with places for a trial's values: `--width={width}`.
///
/// `{name}` is a parameter or a constant, `{a.b}` a nested one, `{a.1}` an element of an array; `{{` is
/// a brace. A closing brace stands for itself.
package struct ArgumentTemplate: Hashable, Sendable {
    private enum Part: Hashable, Sendable {
        case text(String)
        case name(String)
    }
    private var parts: [Part] = []
    /// As it was given.
    package let source: String

    /// - Throws: `SettingError` where a brace is not closed, or encloses nothing.
    package init(_ source: String) throws {
        self.source = source
        var rest = source[...]
        var text = ""
        while let brace = rest.firstIndex(of: "{") {
            text += rest[..<brace]
            rest = rest[rest.index(after: brace)...]
            if rest.first == "{" {
                text += "{"
                rest.removeFirst()
                continue
            }
            guard let end = rest.firstIndex(of: "}"), end > rest.startIndex else {
                throw SettingError(
                    field: "\"\(source)\"", expected: "a name in braces, or {{ for a brace",
                    got: rest.first == "}" ? "{}" : "a brace that is not closed")
            }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.name(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        text += rest
        if !text.isEmpty || parts.isEmpty { parts.append(.text(text)) }
    }

    /// The names in it, in order.
    package var names: [String] {
        parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// Whether it is one name and nothing else.
    var isName: Bool { parts.count == 1 && !names.isEmpty }

    /// Whether it holds no name and looks like the name of an option: `--width`.
    var isOption: Bool { names.isEmpty && source.hasPrefix("-") && !source.contains("=") }

    /// The text with the values in place of the names; nil where one of them is absent.
    func text(with value: (String) -> String?) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .name(let name):
                guard let value = value(name) else { return nil }
                text += value
            }
        }
        return text
    }
}
