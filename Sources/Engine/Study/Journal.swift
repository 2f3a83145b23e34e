/// A report as it came in, before virtual-time order commits it.
public struct Arrival: Hashable, Sendable, Codable {
    /// The trial that reported.
    public let trial: Int
    /// The resource it had used.
    public let resource: Int
    /// All it reported, but the resource.
    public let metrics: Metrics

    /// A report of a trial.
    public init(trial: Int, resource: Int, metrics: Metrics) {
        (self.trial, self.resource, self.metrics) = (trial, resource, metrics)
    }
}

/// Where a study is kept: the sequence of its events, and an inbox of reports.
///
/// The inbox keeps what a trial was told is kept; the events are the study. Every implementation
/// passes the conformance suite in the tests:
/// - events come back in the order they were appended, all of a call's or none;
/// - a report is received once for each (trial, resource), the first stays;
/// - reading while writing gives a beginning of the sequence.
///
/// Implementations may be called from any thread.
public protocol Journal: Sendable {
    /// Appends events after those that are there, all or none. When it returns, they are kept.
    func append(_ events: [Event]) throws

    /// Keeps a report as soon as it arrives.
    ///
    /// - Returns: false when there was one of the same trial and resource already, which stays.
    @discardableResult
    func receive(_ arrival: Arrival) throws -> Bool

    /// The events from number `first` (counted from 0) on.
    func events(from first: Int) throws -> [Event]

    /// All reports received, in the order they came.
    func arrivals() throws -> [Arrival]
}
