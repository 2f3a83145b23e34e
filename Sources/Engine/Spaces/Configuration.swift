/// One point of a search space: the value of every active parameter by path, in the space's order.
///
/// Parameters of branches that were not chosen are absent; constants are not part of it.
public struct Configuration: Hashable, Sendable {
    /// A parameter's path and its value.
    public struct Entry: Hashable, Sendable {
        public let path: String
        public let value: Value

        public init(_ path: String, _ value: Value) {
            self.path = path
            self.value = value
        }
    }

    public let entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }

    /// The value at `path`, or nil when the parameter is not active. O(parameters).
    public subscript(path: String) -> Value? { entries.first { $0.path == path }?.value }
}

extension Configuration: CustomStringConvertible {
    /// `alpha = 0.01, layer_1 = 16`.
    public var description: String {
        entries.map { "\($0.path) = \($0.value)" }.joined(separator: ", ")
    }
}

/// Coded as an array [path, value, path, value …], because an object would lose the order.
extension Configuration: Codable {
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var entries: [Entry] = []
        while !container.isAtEnd {
            let path = try container.decode(String.self)
            entries.append(Entry(path, try container.decode(Value.self)))
        }
        self.entries = entries
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for entry in entries {
            try container.encode(entry.path)
            try container.encode(entry.value)
        }
    }
}
