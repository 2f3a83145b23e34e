/// What an object of the event format holds, by name. A field that came later than the format has a
/// default, which stands where an older program wrote nothing.
extension JSON {
    /// The value of a name, read by `read`; a default where the name is missing.
    private func field<T>(
        _ name: String, _ expected: String, or fallback: T?, read: (JSON) -> T?
    ) throws -> T {
        guard let value = self[Name(name)] else {
            if let fallback { return fallback }
            throw FormatError(name, expected: expected, got: nil)
        }
        guard let result = read(value) else {
            throw FormatError(name, expected: expected, got: value)
        }
        return result
    }

    func integer(_ name: String, or fallback: Int? = nil) throws -> Int {
        try field(name, "an integer", or: fallback, read: \.asInteger)
    }

    /// - Returns: nil where the name is missing or its value is null.
    func optionalInteger(_ name: String) throws -> Int? {
        self[Name(name)] == nil || self[Name(name)] == .null ? nil : try integer(name)
    }

    func resource(_ name: String, or fallback: Resource? = nil) throws -> Resource {
        try field(name, "a finite number", or: fallback, read: \.asResource)
    }

    /// - Returns: nil where the name is missing or its value is null.
    func optionalResource(_ name: String) throws -> Resource? {
        self[Name(name)] == nil || self[Name(name)] == .null ? nil : try resource(name)
    }

    func real(_ name: String, or fallback: Double? = nil) throws -> Double {
        try field(name, "a number", or: fallback, read: \.asReal)
    }

    /// - Returns: nil where the name is missing or its value is null.
    func optionalReal(_ name: String) throws -> Double? {
        self[Name(name)] == nil || self[Name(name)] == .null ? nil : try real(name)
    }

    func boolean(_ name: String, or fallback: Bool? = nil) throws -> Bool {
        try field(name, "a boolean", or: fallback) {
            if case .boolean(let value) = $0 { value } else { nil }
        }
    }

    func text(_ name: String, or fallback: String? = nil) throws -> String {
        try field(name, "a text", or: fallback, read: \.asText)
    }

    func array(_ name: String, or fallback: [JSON]? = nil) throws -> [JSON] {
        try field(name, "an array", or: fallback, read: \.asArray)
    }

    /// One of a closed set of words.
    func word<T: RawRepresentable & CaseIterable>(
        _ name: String, or fallback: T? = nil
    ) throws -> T where T.RawValue == String {
        let expected = "one of " + T.allCases.map(\.rawValue).joined(separator: ", ")
        return try field(name, expected, or: fallback) { $0.asText.flatMap(T.init) }
    }

    /// The value of a name that must be there.
    func member(_ name: String) throws -> JSON {
        guard let value = self[Name(name)] else {
            throw FormatError(name, expected: "a value", got: nil)
        }
        return value
    }

    /// An object of one name that says which of several things it is, and what belongs to it.
    ///
    /// Format 1 wrapped what belongs to it in an object with the name `_0`.
    ///
    /// - Throws: `FormatError` for anything else.
    package func tagged() throws -> (tag: String, content: JSON) {
        guard case .object(let members) = self, members.count == 1, let member = members.first
        else { throw FormatError("kind", expected: "an object of one name", got: self) }
        if case .object(let inner) = member.value, inner.count == 1, let wrapped = inner["_0"] {
            return (member.key.text, wrapped)
        }
        return (member.key.text, member.value)
    }

    /// An integer; nil for anything else.
    package var asInteger: Int? { if case .integer(let value) = self { value } else { nil } }
    /// A text; nil for anything else.
    package var asText: String? { if case .text(let value) = self { value } else { nil } }
    /// The elements of an array; nil for anything else.
    package var asArray: [JSON]? { if case .array(let value) = self { value } else { nil } }

    /// A resource, which is a finite number; nil for anything else.
    package var asResource: Resource? {
        switch self {
        case .integer(let value): Resource(value)
        case .real(let value): Resource(value)
        default: nil
        }
    }

    /// A resource: an integer where it is whole.
    package init(_ resource: Resource) {
        self = resource.isWhole ? .integer(resource.whole) : .real(resource.double)
    }

    /// A number, or the text that stands for one that JSON does not have.
    var asReal: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        case .text("nan"): .nan
        case .text("inf"): .infinity
        case .text("-inf"): -.infinity
        default: nil
        }
    }
}
