/// One point of a search space: the value of every active parameter by path, in the space's order.
///
/// Parameters of branches that were not chosen are absent; constants are not part of it.
public struct Configuration: Hashable, Sendable {
    /// A parameter's path and its value.
    public struct Entry: Hashable, Sendable {
        /// The spelling of its ``ParameterPath``.
        public let path: String
        /// The parameter's value.
        public let value: Value

        /// The value of one parameter.
        public init(_ path: String, _ value: Value) {
            self.path = path
            self.value = value
        }
    }

    /// Configurations of one study share the storage of their paths.
    package private(set) var paths: [Name]
    /// The values, in the order of `paths`.
    package let values: [Value]

    /// A configuration of these values, in this order.
    public init(_ entries: [Entry]) {
        paths = entries.map { Name($0.path) }
        values = entries.map(\.value)
    }

    /// A configuration of one value for each path, in this order.
    package init(paths: [Name], values: [Value]) {
        (self.paths, self.values) = (paths, values)
    }

    /// All parameters with their values, in the space's order.
    public var entries: [Entry] { zip(paths, values).map { Entry($0.text, $1) } }

    /// The value at `path`, or nil when the parameter is not active. O(parameters).
    public subscript(path: String) -> Value? {
        paths.firstIndex(of: Name(path)).map { values[$0] }
    }

    /// The values alone: hardly any two configurations of a study differ in nothing but their paths.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }

    /// Takes over the storage of another configuration's paths where they are the same.
    mutating func sharePaths(with other: Configuration?) {
        if let other, other.paths == paths { paths = other.paths }
    }
}

extension Configuration: CustomStringConvertible {
    /// `alpha = 0.01, layer_1 = 16`.
    public var description: String {
        entries.map { "\($0.path) = \($0.value)" }.joined(separator: ", ")
    }
}
