/// What one call of the reporter brought.
public struct Report: Hashable, Sendable {
    /// The resource used so far, above 0.
    public let resource: Resource
    /// All metrics, objectives among them.
    public private(set) var metrics: Metrics
    /// When it was reported, on the virtual clock.
    public let time: Int

    /// A report; `resource` is positive.
    public init(resource: Resource, metrics: Metrics, time: Int) {
        (self.resource, self.metrics, self.time) = (resource, metrics, time)
    }

    /// Takes over the storage of names that are equal to its own.
    mutating func shareNames(_ names: [Name]) { metrics.shareNames(names) }

    /// Takes over the storage of another report's names where they are the same.
    mutating func shareNames(with other: Report?) {
        metrics.shareNames(with: other?.metrics)
    }
}
