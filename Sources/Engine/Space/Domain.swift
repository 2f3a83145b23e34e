/// The values one parameter can take. A closed set: searchers and printers know them all.
public enum Domain: Hashable, Sendable {
    case int(IntDomain)
    case real(RealDomain)
    /// An unordered choice.
    case categorical(Options)
    /// An ordered choice.
    case ordinal(Options)
    /// `false` or `true`; the default is `false`.
    case boolean

    /// How many values there are; nil for more than `Int.max` or a continuum.
    public var count: Int? {
        switch self {
        case .int(let domain):
            domain.lastIndex < UInt(Int.max) ? Int(domain.lastIndex) + 1 : nil
        case .real(let domain): domain.count
        case .categorical(let options), .ordinal(let options): options.values.count
        case .boolean: 2
        }
    }

    /// The value of the first configuration.
    public var defaultValue: Value {
        switch self {
        case .int(let domain): .integer(domain.defaultValue)
        case .real(let domain): .real(domain.defaultValue)
        case .categorical(let options), .ordinal(let options): options.values[0]
        case .boolean: .boolean(false)
        }
    }

    /// Whether every value of `other` is one of this domain's.
    func contains(_ other: Domain) -> Bool {
        switch (self, other) {
        case (.int(let wide), .int(let narrow)): wide.contains(narrow)
        case (.real(let wide), .real(let narrow)): wide.contains(narrow)
        case (.categorical(let wide), .categorical(let narrow)),
            (.ordinal(let wide), .ordinal(let narrow)):
            Set(narrow.values).isSubset(of: wide.values)
        case (.boolean, .boolean): true
        case (.int, _), (.real, _), (.categorical, _), (.ordinal, _), (.boolean, _): false
        }
    }

    /// One value at random: with a prior every other one from there.
    func sample(_ stream: inout RandomStream, by arithmetic: LogArithmetic) -> Value {
        guard prior == nil || stream.unit() >= 0.5 else {
            return samplePrior(&stream, by: arithmetic)
        }
        return sampleUniform(&stream, by: arithmetic)
    }

    /// One value at random, whatever is believed.
    func sampleUniform(_ stream: inout RandomStream, by arithmetic: LogArithmetic) -> Value {
        switch self {
        case .int(let domain): .integer(domain.sample(&stream, by: arithmetic))
        case .real(let domain): .real(domain.sample(&stream, by: arithmetic))
        case .categorical(let options), .ordinal(let options):
            options.values[Int(stream.below(UInt64(options.values.count)))]
        case .boolean: .boolean(stream.below(2) == 1)
        }
    }

    /// The value number `index` of a domain that can be counted.
    func value(at index: Int) -> Value {
        switch self {
        case .int(let domain): .integer(domain.value(at: UInt(index)))
        case .real(let domain): .real(domain.value(at: index))
        case .categorical(let options), .ordinal(let options): options.values[index]
        case .boolean: .boolean(index == 1)
        }
    }
}

extension Domain: CustomStringConvertible {
    public var description: String {
        switch self {
        case .int(let domain): domain.description
        case .real(let domain): domain.description
        case .categorical(let options): "Categorical(\(options))"
        case .ordinal(let options): "Ordinal(\(options))"
        case .boolean: "Bool()"
        }
    }
}

/// The values of a categorical or ordinal domain: at least one, no two alike, the first is the
/// default.
public struct Options: Hashable, Sendable, CustomStringConvertible {
    /// At least one, no two alike.
    public let values: [Value]

    /// - Parameter parameter: the name that errors give.
    /// - Throws: `SettingError` when there is no value, or a value twice.
    public init(_ values: [Value], parameter: String = "Categorical") throws {
        guard !values.isEmpty else {
            throw SettingError(field: parameter, expected: "at least one choice", got: "none")
        }
        var seen: Set<Value> = []
        if let twice = values.first(where: { !seen.insert($0).inserted }) {
            throw SettingError(
                field: parameter, expected: "different choices", got: "\(twice) twice")
        }
        self.values = values
    }

    public var description: String { values.map(\.description).joined(separator: ", ") }
}
