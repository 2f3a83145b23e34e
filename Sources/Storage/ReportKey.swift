internal import Engine

/// What a report is known by.
struct ReportKey: Hashable {
    let trial: Int
    let resource: Int

    init(trial: Int, resource: Int) { (self.trial, self.resource) = (trial, resource) }
    init(_ arrival: ReceivedReport) { self.init(trial: arrival.trial, resource: arrival.resource) }
}
