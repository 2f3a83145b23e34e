internal import Engine

/// Puts together what the rows of a study's file tell: each event with the report it speaks of.
struct StudyAssembly {
    /// What is done with the events.
    enum Purpose {
        /// They are kept as they are.
        case events
        /// They are folded; what follows an interruption too.
        case study
        /// Both.
        case eventsAndStudy
        /// They are folded up to an interruption.
        case resumption
    }

    private(set) var arrivals: [ReceivedReport] = []
    /// Whether an event speaks of the report.
    private var isCommitted: [Bool] = []
    private(set) var events: [Event] = []
    private(set) var fold: EventFold
    private(set) var eventCount = 0
    /// The number of the first event that tells of an interruption.
    private(set) var interruption: Int?
    private let keepsEvents: Bool
    private let folds: Bool

    init(for purpose: Purpose) {
        keepsEvents = purpose == .events || purpose == .eventsAndStudy
        folds = purpose != .events
        fold = EventFold(endsAtInterruption: purpose == .resumption)
    }

    mutating func reserve(reports: Int, events: Int) {
        // The counts have been checked; the bounds are for a file that somebody made up.
        arrivals.reserveCapacity(min(reports, 4_000_000))
        if keepsEvents { self.events.reserveCapacity(min(events, 8_000_000)) }
    }

    mutating func take(_ reports: [ReceivedReport]) {
        arrivals.append(contentsOf: reports)
        isCommitted.append(contentsOf: repeatElement(false, count: reports.count))
    }

    /// - Throws: `RowError` when the event speaks of a report that is not there.
    mutating func take(_ stored: StoredEvent) throws {
        let event: Event
        switch stored {
        case .event(let told): event = told
        case .report(let number, let time):
            guard arrivals.indices.contains(number - 1) else { throw RowError() }
            isCommitted[number - 1] = true
            let arrival = arrivals[number - 1]
            event = .reported(
                .init(
                    trial: arrival.trial,
                    report: Report(
                        resource: arrival.resource, metrics: arrival.metrics, time: time)))
        }
        if case .interrupted = event, interruption == nil { interruption = eventCount }
        eventCount += 1
        if folds { fold.add(event) }
        if keepsEvents { events.append(event) }
    }

    /// The reports that no event speaks of.
    var open: UncommittedReports {
        var open: [ReportKey: UncommittedReports.Entry] = [:]
        for index in arrivals.indices where !isCommitted[index] {
            open[ReportKey(arrivals[index])] = (index + 1, arrivals[index].metrics)
        }
        return UncommittedReports(open)
    }
}
