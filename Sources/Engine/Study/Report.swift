/// What one call of the reporter brought.
public struct Report: Hashable, Sendable, Codable {
    /// The resource used so far, a positive integer.
    public let resource: Int
    /// All metrics, objectives among them.
    public fileprivate(set) var metrics: Metrics
    /// When it was reported, on the virtual clock.
    public let time: Int

    /// A report; `resource` is positive.
    public init(resource: Int, metrics: Metrics, time: Int) {
        (self.resource, self.metrics, self.time) = (resource, metrics, time)
    }

    /// Takes over the storage of names that are equal to its own.
    mutating func shareNames(_ names: [String]) { metrics.names = names }

    /// Takes over the storage of another report's names where they are the same.
    mutating func shareNames(with other: Report?) {
        metrics.shareNames(with: other?.metrics)
    }
}

/// Named numbers, sorted by name.
public struct Metrics: Hashable, Sendable {
    /// Sorted. Reports of one study share the storage of their names.
    public fileprivate(set) var names: [String]
    /// One for each name.
    public let values: [Number]

    /// - Parameter metrics: of two values of one name the last is kept.
    public init(_ metrics: [String: Number]) {
        names = metrics.keys.sorted()
        values = names.map { metrics[$0] ?? .real(.nan) }
    }

    /// - Parameters:
    ///   - names: sorted and all different.
    ///   - values: one for each name.
    package init(sortedNames names: [String], values: [Number]) {
        (self.names, self.values) = (names, values)
    }

    /// The number of that name, or nil. O(log metrics).
    public subscript(name: String) -> Number? {
        let place = names.partitioningIndex { $0 >= name }
        return place < names.count && names[place] == name ? values[place] : nil
    }

    /// Takes over the storage of `other`'s names where they are equal.
    mutating func shareNames(with other: Metrics?) {
        if let other, other.names == names { names = other.names }
    }
}

extension Metrics: CustomStringConvertible {
    public var description: String {
        zip(names, values).map { "\($0) = \($1)" }.joined(separator: ", ")
    }
}

/// Coded as an object.
extension Metrics: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try [String: Number](from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        try Dictionary(zip(names, values)) { first, _ in first }.encode(to: encoder)
    }
}
