/// Values in the event format. Booleans, integers and texts stand for themselves; everything else is
/// an object with one name that says its kind, so that 1 and 1.0 stay apart.
extension JSON {
    /// A value.
    package init(_ value: Value) {
        self =
            switch value {
            case .boolean(let value): .boolean(value)
            case .integer(let value): .integer(value)
            case .string(let value): .text(value)
            case .real(let value): .object(["real": .real(value)])
            case .bytes(let value): .object(["bytes": .array(value.map { .integer(Int($0)) })])
            case .list(let values): .object(["list": .array(values.map { JSON($0) })])
            case .map(let values): .object(["map": .object(values.mapValues { JSON($0) })])
            case .opaque(let value): .object(["opaque": .text(value)])
            }
    }

    /// The value that it tells.
    ///
    /// - Throws: `FormatError`.
    package func value() throws -> Value {
        switch self {
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .text(let value): return .string(value)
        case .object:
            let (tag, content) = try tagged()
            switch (tag, content) {
            case ("real", _): if let real = content.asReal { return .real(real) }
            case ("bytes", .array(let bytes)):
                return .bytes(try bytes.map { try Self.byte($0) })
            case ("list", .array(let values)): return .list(try values.map { try $0.value() })
            case ("map", .object(let values)): return .map(try values.mapValues { try $0.value() })
            case ("opaque", .text(let text)): return .opaque(text)
            default: break
            }
            throw FormatError(tag, expected: "a value of a known kind", got: content)
        case .null, .real, .array: throw FormatError("value", expected: "a value", got: self)
        }
    }

    private static func byte(_ json: JSON) throws -> UInt8 {
        guard let byte = json.asInteger.flatMap(UInt8.init(exactly:)) else {
            throw FormatError("bytes", expected: "integers from 0 to 255", got: json)
        }
        return byte
    }

    /// A configuration, as an array [path, value, path, value …]: an object would lose the order.
    init(_ configuration: Configuration) {
        self = .array(
            zip(configuration.paths, configuration.values).flatMap { [.text($0.text), JSON($1)] })
    }

    func configuration() throws -> Configuration {
        guard let items = asArray, items.count.isMultiple(of: 2) else {
            throw FormatError("configuration", expected: "paths and values in turn", got: self)
        }
        return Configuration(
            try stride(from: 0, to: items.count, by: 2).map { index in
                guard let path = items[index].asText else {
                    throw FormatError("configuration", expected: "a path", got: items[index])
                }
                return Configuration.Entry(path, try items[index + 1].value())
            })
    }

    /// Metrics, as an object: the same bytes for the same metrics.
    package init(_ metrics: Metrics) {
        self = .object(
            Dictionary(uniqueKeysWithValues: metrics.entries.map { ($0.name, JSON($0.value)) }))
    }

    func metrics() throws -> Metrics {
        guard case .object(let members) = self else {
            throw FormatError("metrics", expected: "an object", got: self)
        }
        return Metrics(
            values: try members.mapValues { json in
                let value = try json.value()
                guard Metrics.canHold(value) else {
                    throw FormatError("metrics", expected: "numbers, texts and booleans", got: json)
                }
                return value
            })
    }
}
