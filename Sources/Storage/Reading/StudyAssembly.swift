internal import Engine

/// Puts together what the rows of a study's file tell: each event with the report it speaks of.
struct StudyAssembly {
    /// What is done with the events.
    enum Purpose {
        /// They are kept as they are.
        case events
        /// They are folded.
        case study
        /// Both.
        case eventsAndStudy
    }

    private(set) var arrivals: [ReceivedReport] = []
    /// Whether an event speaks of the report.
    private var isCommitted: [Bool] = []
    private(set) var events: [Event] = []
    private(set) var fold: EventFold
    private(set) var eventCount = 0
    /// What the study was created with.
    private(set) var definition: StudyDefinition?
    /// Whether the study was interrupted and has not been resumed.
    private(set) var isInterrupted = false
    /// The reports that events since the interruption speak of, by index.
    private var interrupted: [Int] = []
    /// The numbers of the events that resume the study.
    private(set) var resumptions: [Int] = []
    private let keepsEvents: Bool
    private let folds: Bool

    init(for purpose: Purpose) {
        keepsEvents = purpose == .events || purpose == .eventsAndStudy
        folds = purpose != .events
        fold = EventFold()
    }

    mutating func reserve(reports: Int, events: Int) {
        // The counts have been checked; the bounds are for a file that was made up.
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
            guard arrivals.indices.contains(number &- 1) else { throw RowError() }
            isCommitted[number - 1] = true
            if isInterrupted { interrupted.append(number - 1) }
            let arrival = arrivals[number - 1]
            event = .reported(
                .init(
                    trial: arrival.trial, attempt: arrival.attempt,
                    report: Report(
                        resource: arrival.resource, metrics: arrival.metrics, time: time)))
        }
        note(event)
        eventCount += 1
        if folds { fold.add(event) }
        if keepsEvents { events.append(event) }
    }

    private mutating func note(_ event: Event) {
        switch event {
        case .created(let definition): self.definition = definition
        case .interrupted: isInterrupted = true
        case .resumed:
            for index in interrupted { isCommitted[index] = false }
            (interrupted, isInterrupted) = ([], false)
            resumptions.append(eventCount)
        default: break
        }
    }

    /// The reports that no event speaks of, and those that an event after an interruption does.
    var uncommitted: UncommittedReports {
        func entry(_ index: Int) -> UncommittedReports.Entry {
            (index + 1, arrivals[index].metrics)
        }
        var open: [ReceivedReport.Key: UncommittedReports.Entry] = [:]
        for index in arrivals.indices where !isCommitted[index] {
            open[arrivals[index].key] = entry(index)
        }
        return UncommittedReports(
            open, interrupted: interrupted.map { (arrivals[$0].key, entry($0)) })
    }
}
