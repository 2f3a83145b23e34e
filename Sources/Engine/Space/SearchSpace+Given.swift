/// Configurations that come from outside.
extension SearchSpace {
    /// A configuration that has the given values, and defaults where none is given.
    ///
    /// - Parameter values: by path. Those of branches that are not chosen, and those of no parameter,
    ///   have no effect.
    public func completed(_ values: [Name: Value]) -> Configuration {
        configuration(given: values) { value, _ in value }
    }

    /// The configuration of given values, by path: a branch that is not named is the first, and what is
    /// not given, or not adopted, has its default.
    ///
    /// - Parameter adopting: what a domain makes of a value that is given; nil for its default.
    func configuration(
        given values: [Name: Value], adopting: (Value, Domain) -> Value?
    ) -> Configuration {
        configuration(
            branch: { path, branches in
                branches.firstIndex { values[Name(path)] == .string($0.name) } ?? 0
            },
            value: { path, domain in
                values[Name(path)].flatMap { adopting($0, domain) } ?? domain.defaultValue
            })
    }

    /// The configuration of this space that is nearest to one of another space: parameters of one path
    /// have its values, or the nearest that their domains have, and all others their defaults.
    ///
    /// - Complexity: O(parameters).
    public func adapted(_ other: Configuration) -> Configuration {
        let values = Dictionary(zip(other.paths, other.values)) { first, _ in first }
        return configuration(given: values) { value, domain in
            guard !domain.contains(value) else { return value }
            let scale = CoordinateScale(domain)
            return scale.coordinate(of: value).map { scale.value(at: $0) }
        }
    }

    /// A configuration of this space as it was before it was extended, with the defaults of the
    /// parameters that have come since.
    ///
    /// - Complexity: O(parameters).
    package func completed(_ earlier: Configuration) -> Configuration {
        completed(Dictionary(zip(earlier.paths, earlier.values)) { first, _ in first })
    }

    /// Checks that a trial of this space can have a configuration.
    ///
    /// - Throws: `SettingError` that names the first parameter that is missing, that is none of this
    ///   space, or whose value its domain does not contain.
    func checkGiven(_ given: Configuration, field: String) throws {
        let values = Dictionary(zip(given.paths, given.values)) { first, _ in first }
        var wrong: SettingError?
        func note(_ path: String, expected: String) {
            guard wrong == nil else { return }
            wrong = SettingError(
                field: "\(field).\(path)", expected: expected,
                got: values[Name(path)]?.description ?? "nothing")
        }
        let expected = configuration(
            branch: { path, branches in
                let chosen = branches.firstIndex { values[Name(path)] == .string($0.name) }
                let names = branches.map(\.name).joined(separator: ", ")
                if chosen == nil { note(path, expected: "one of \(names)") }
                return chosen ?? 0
            },
            value: { path, domain in
                guard let value = values[Name(path)], domain.contains(value) else {
                    note(path, expected: "a value of \(domain)")
                    return domain.defaultValue
                }
                return value
            })
        if let wrong { throw wrong }
        let paths = Set(expected.paths)
        if let unknown = given.paths.first(where: { !paths.contains($0) }) {
            note(unknown.text, expected: "a parameter of this configuration's branches")
        }
        if let wrong { throw wrong }
    }
}

extension Domain {
    /// Whether a trial can have this value.
    func contains(_ value: Value) -> Bool {
        switch (self, value) {
        case (.int(let domain), .integer(let value)): domain.contains(value)
        case (.real(let domain), .real(let value)): domain.contains(value)
        case (.categorical(let options), _), (.ordinal(let options), _):
            options.values.contains(value)
        case (.boolean, .boolean): true
        case (.int, _), (.real, _), (.boolean, _): false
        }
    }
}
