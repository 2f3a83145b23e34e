/// Configurations that other programs tell.
extension SearchSpace {
    /// The configuration of values that a program has written, in which 1 and 1.0 are one number.
    ///
    /// - Parameters:
    ///   - values: by path. What is left out takes its default.
    ///   - field: what stands before the names in an error.
    /// - Throws: `SettingError` that names the first value that no configuration can have.
    package func configuration(
        told values: [Name: Value], field: String
    ) throws -> Configuration {
        let given = configuration(given: values) { $1.adopting($0) }
        let known = Set(given.paths)
        for (path, value) in values.sorted(by: { $0.key < $1.key })
        where !known.contains(path) && !Self.isToldTwice(path, in: values, known: known) {
            throw SettingError(
                field: "\(field).\(path)",
                expected: "a parameter of this configuration's branches: "
                    + given.paths.map(\.text).joined(separator: ", "), got: value.description)
        }
        try checkGiven(given, field: field)
        return given
    }
}

extension SearchSpace {
    /// Whether a value is the name of a choice, which stands at the choice's path as well: `optimizer` and, as in
    /// arguments, `optimizer.name`. Which of both a parameter has says the space.
    private static func isToldTwice(
        _ path: Name, in values: [Name: Value], known: Set<Name>
    ) -> Bool {
        let ending = ".name"
        let other = Name(
            path.text.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
                ? String(path.text.dropLast(ending.count)) : path.text + ending)
        return known.contains(other) && values[other] == values[path]
    }
}

extension Domain {
    /// The same number as this domain's values have it; any other value as it is.
    fileprivate func adopting(_ value: Value) -> Value {
        switch (self, value) {
        case (.real, .integer(let integer)): .real(Double(integer))
        case (.int, .real(let real)): Int(exactly: real).map { .integer($0) } ?? value
        default: value
        }
    }
}
