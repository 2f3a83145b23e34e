/// What a setting may be: how it is read, what is checked, and the words for it.
package struct SettingKind<Value: Sendable>: Sendable {
    /// What the reference says of values: `integer ≥ 1`.
    package let type: String
    /// Whether values are arrays, whose elements are read one by one.
    var isArray = false
    /// The words that values are; empty where there are others.
    var choices: [String] = []
    /// Reads a value that a user gave.
    package let read: @Sendable (PlainValue) -> Result<Value, SettingProblem>
    /// What is wrong with a value, nil where nothing is.
    package let problem: @Sendable (Value) -> SettingProblem?
    /// A value as the reference says it, in the language of scripts.
    let text: @Sendable (Value) -> String

    /// A kind with words and rules of its own.
    ///
    /// - Parameters:
    ///   - type: what the reference says of values: `seconds > 0`.
    ///   - text: a value as the reference shows it.
    ///   - problem: what is wrong with a value that did not come from a user.
    ///   - read: the value that a user gave, or what is wrong with it.
    package init(
        type: String, text: @escaping @Sendable (Value) -> String,
        problem: @escaping @Sendable (Value) -> SettingProblem? = { _ in nil },
        read: @escaping @Sendable (PlainValue) -> Result<Value, SettingProblem>
    ) {
        self.type = type
        self.text = text
        self.problem = problem
        self.read = read
    }

    /// An array of values of another kind.
    ///
    /// - Parameters:
    ///   - element: what each value may be.
    ///   - type: what a reference says of values.
    package static func array<Element>(
        of element: SettingKind<Element>, type: String
    ) -> SettingKind where Value == [Element] {
        var kind = SettingKind(
            type: type,
            text: { "`{ \($0.map(element.text).joined(separator: ", ")) }`" },
            read: { given in
                guard case .list(let given) = given else {
                    return .failure(SettingProblem(expected: "an array", got: given.shown))
                }
                var values: [Element] = []
                for (index, value) in given.enumerated() {
                    switch element.read(value) {
                    case .success(let value): values.append(value)
                    case .failure(let problem): return .failure(problem.ofElement(index + 1))
                    }
                }
                return .success(values)
            })
        kind.isArray = true
        return kind
    }

    /// The same kind with one more rule: what is wrong with a value, nil where nothing is.
    package func restricted(
        by rule: @escaping @Sendable (Value) -> SettingProblem?
    ) -> SettingKind {
        var kind = SettingKind(
            type: type, text: text, problem: { [problem] in problem($0) ?? rule($0) },
            read: { [read] given in
                read(given).flatMap { value in rule(value).map { .failure($0) } ?? .success(value) }
            })
        (kind.isArray, kind.choices) = (isArray, choices)
        return kind
    }
}
