/// The reports of one study as they come in, before virtual-time order commits them.
///
/// A report is known by its trial, attempt and resource: the first of a key stays, so that a report
/// that is sent again changes nothing.
public protocol ReportInbox: Sendable {
    /// Takes a report as soon as it arrives.
    ///
    /// - Returns: false when there was one of the same key already, which stays.
    @discardableResult
    func receive(_ arrival: ReceivedReport) throws -> Bool

    /// The reports received, in the order they came, without the first `count`.
    func arrivals(after count: Int) throws -> [ReceivedReport]
}

extension ReportInbox {
    /// All reports received, in the order they came.
    public func arrivals() throws -> [ReceivedReport] { try arrivals(after: 0) }
}

/// A report as it came in.
public struct ReceivedReport: Hashable, Sendable {
    /// What a report is known by.
    public struct Key: Hashable, Sendable {
        /// The trial that reported.
        public let trial: Int
        /// Which of its attempts, from 1.
        public let attempt: Int
        /// The resource it had used.
        public let resource: Resource

        /// The key of a report.
        public init(trial: Int, attempt: Int = 1, resource: Resource) {
            (self.trial, self.attempt, self.resource) = (trial, attempt, resource)
        }
    }

    /// The trial that reported.
    public let trial: Int
    /// Which of its attempts, from 1: a trial that raised an error and is tried again makes another.
    public let attempt: Int
    /// The resource it had used.
    public let resource: Resource
    /// All it reported, but the resource.
    public let metrics: Metrics
    /// When it came, in seconds since the study began, without the time between an end and a
    /// resumption. Nothing is decided by it.
    public let seconds: Double

    /// A report of a trial.
    public init(
        trial: Int, attempt: Int = 1, resource: Resource, metrics: Metrics, seconds: Double = 0
    ) {
        (self.trial, self.attempt, self.resource) = (trial, attempt, resource)
        (self.metrics, self.seconds) = (metrics, seconds)
    }

    /// What it is known by.
    public var key: Key { Key(trial: trial, attempt: attempt, resource: resource) }
}
