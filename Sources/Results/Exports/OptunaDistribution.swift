internal import Engine
internal import Rendering

/// Domains as Optuna's distributions.
///
/// Source: optuna.distributions, `distribution_to_json`.
enum OptunaDistribution {
    /// A value as Optuna stores it, with the distribution of its domain; nil for a value that is not
    /// of the domain.
    static func of(_ domain: Domain, value: Value) -> (value: JSONValue, distribution: JSONValue)? {
        switch domain {
        case .real(let domain): value.number.map { (.number($0.double), real(domain)) }
        case .int(let domain): value.number.map { (.number($0.double), int(domain)) }
        case .categorical(let options), .ordinal(let options):
            options.values.firstIndex(of: value).map {
                (JSONValue($0), categorical(options.values.map(scalar)))
            }
        case .boolean:
            switch value {
            case .boolean(let flag):
                (JSONValue(flag ? 1 : 0), categorical([.flag(false), .flag(true)]))
            default: nil
            }
        }
    }

    /// Optuna has no grid on a logarithmic scale, and wants one to end at its upper bound.
    private static func real(_ domain: RealDomain) -> JSONValue {
        let step = domain.log ? nil : domain.step
        let high =
            step.map { domain.lo + ((domain.hi - domain.lo) / $0 + 1e-9).rounded(.down) * $0 }
            ?? domain.hi
        return distribution(
            "Float",
            [
                .init("step", step.map { .number($0) } ?? .null),
                .init("low", .number(domain.lo)), .init("high", .number(high)),
                .init("log", .flag(domain.log)),
            ])
    }

    private static func int(_ domain: IntDomain) -> JSONValue {
        let step = domain.log ? 1 : domain.step
        let distance = UInt(bitPattern: domain.hi) &- UInt(bitPattern: domain.lo)
        let high = Int(bitPattern: UInt(bitPattern: domain.hi) &- distance % UInt(step))
        return distribution(
            "Int",
            [
                .init("log", .flag(domain.log)), .init("step", JSONValue(step)),
                .init("low", JSONValue(domain.lo)), .init("high", JSONValue(high)),
            ])
    }

    /// The distribution of a choice among these.
    static func categorical(_ choices: [JSONValue]) -> JSONValue {
        distribution("Categorical", [.init("choices", .array(choices))])
    }

    private static func distribution(
        _ name: String, _ attributes: [JSONValue.Member]
    ) -> JSONValue {
        .object([
            .init("name", .string(name + "Distribution")),
            .init("attributes", .object(attributes)),
        ])
    }

    /// A choice must be a scalar; what is none is its text.
    static func scalar(_ value: Value) -> JSONValue {
        switch value {
        case .boolean, .integer, .real: JSONValue(value)
        case .string, .bytes, .list, .map, .opaque: .string(value.description)
        }
    }
}
