extension SettingKind where Value == Bool {
    /// `true` or `false`.
    package static var boolean: SettingKind {
        SettingKind(
            type: "boolean", text: { "`\($0)`" },
            read: { given in
                given.asBoolean.map { .success($0) }
                    ?? .failure(SettingProblem(expected: "true or false", got: given.shown))
            })
    }
}

extension SettingKind where Value == String {
    /// Any text.
    package static var text: SettingKind {
        SettingKind(
            type: "string", text: { "`\"\($0)\"`" },
            read: { $0.text(expected: "a string") })
    }
}

extension SettingKind where Value == Unicode.Scalar {
    /// A text of one character.
    package static var character: SettingKind {
        SettingKind(
            type: "character", text: { "`\"\($0)\"`" },
            read: { given in
                given.text(expected: "a string").flatMap { text in
                    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
                    else {
                        return .failure(
                            SettingProblem(expected: "one character", got: given.shown))
                    }
                    return .success(scalar)
                }
            })
    }
}

extension SettingKind
where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the names that a type has.
    package static var choice: SettingKind {
        let names = Value.allCases.map { "\"\($0.rawValue)\"" }
        let expected = "one of \(names.joined(separator: ", "))"
        var kind = SettingKind(
            type: names.map { "`\($0)`" }.joined(separator: ", "),
            text: { "`\"\($0.rawValue)\"`" },
            read: { given in
                given.text(expected: expected).flatMap { text in
                    Value(rawValue: text).map { .success($0) }
                        ?? .failure(SettingProblem(expected: expected, got: given.shown))
                }
            })
        kind.choices = Value.allCases.map(\.rawValue)
        return kind
    }
}

extension PlainValue {
    /// The text that this is, or why it is none.
    fileprivate func text(expected: String) -> Result<String, SettingProblem> {
        if let text = asText { return .success(text) }
        guard case .bytes = self else {
            return .failure(SettingProblem(expected: expected, got: shown))
        }
        return .failure(SettingProblem(expected: "valid UTF-8 without NUL", got: shown))
    }
}
