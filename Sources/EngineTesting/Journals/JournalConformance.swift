internal import Engine

/// What every journal must keep.
///
/// ```swift
/// @Test(arguments: [FileKind()] as [any JournalKind], JournalConformance.checks)
/// func journals(kind: any JournalKind, check: ConformanceCheck<any JournalKind>) throws {
///     #expect(try check.findings(for: kind) == [])
/// }
/// ```
public enum JournalConformance {
    /// The checks, each by itself; O(seconds) in all. A check that asks for what a kind does not offer
    /// passes.
    public static let checks: [ConformanceCheck<any JournalKind>] =
        contentChecks + leaseChecks + studyChecks + readerChecks

    /// What is written comes back.
    private static let contentChecks: [ConformanceCheck<any JournalKind>] = [
        .init("an empty journal has nothing", empty),
        .init("events come back in the order they were appended, from any number on", order),
        .init("values come back exactly, NaN and infinities too", exactness),
        .init("a report is received once for each key; the first stays", idempotence),
        .init("an event's report is the one that was received", reports),
        .init("of a trial's checkpoints the last stays", checkpoints),
        .init(
            "a checkpoint goes when its trial has ended for good, and stays while it may continue",
            uselessCheckpoints),
    ]

    static func empty(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        findings.expect(try journal.events(from: 0).isEmpty)
        findings.expect(try journal.events(from: 7).isEmpty)
        findings.expect(try journal.arrivals().isEmpty)
    }

    static func order(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let events = JournalCases.events(3)
        try journal.append([events[0], events[1]])
        try journal.append([])
        try journal.append([events[2]])
        findings.expect(try journal.events(from: 0) == events)
        findings.expect(try journal.events(from: 2) == [events[2]])
        findings.expect(try journal.events(from: 3).isEmpty)
    }

    static func exactness(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let metrics = Metrics(values: [
            "nan": .real(.nan), "inf": .real(-.infinity), "large": .integer((1 << 53) + 1),
            "tenth": .real(0.1), "text": .string("nan"), "flag": .boolean(false),
            "bytes": .bytes([0, 255]), "\u{e9}": .integer(1), "e\u{301}": .string("e\u{301}"),
        ])
        let reported = Event.reported(
            .init(trial: 1, report: Report(resource: 3, metrics: metrics, time: 3)))
        try journal.append([reported])
        findings.expect(try journal.events(from: 0) == [reported])
        let arrival = ReceivedReport(trial: 1, resource: 3, metrics: metrics)
        try journal.receive(arrival)
        findings.expect(try journal.arrivals() == [arrival])
    }

    static func idempotence(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let arrivals = [
            JournalCases.arrival(1, 1, error: 0.5), JournalCases.arrival(1, 2),
            JournalCases.arrival(2, 1),
            ReceivedReport(trial: 1, attempt: 2, resource: 1, metrics: Metrics(["error": 0.6])),
        ]
        for arrival in arrivals { findings.expect(try journal.receive(arrival)) }
        findings.expect(try !journal.receive(JournalCases.arrival(1, 1, error: 0.7)))
        findings.expect(try journal.arrivals() == arrivals)
        findings.expect(try journal.events(from: 0).isEmpty)
    }

    static func reports(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let arrival = JournalCases.arrival(1, 1, error: 0.5)
        let events = [arrival, arrival, JournalCases.arrival(1, 1, error: 0.25)].map {
            JournalCases.reported($0)
        }
        try journal.receive(arrival)
        for event in events {
            try journal.append([event])
            try journal.sync()
        }
        findings.expect(try journal.events(from: 0) == events)
        findings.expect(try journal.arrivals() == [arrival])
    }

    static func checkpoints(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        findings.expect(try journal.checkpoint(of: 1) == nil)
        for resource in 1...3 {
            let checkpoint = Checkpoint(
                trial: 1, resource: Resource(resource), content: [UInt8](repeating: 7, count: 9_000)
            )
            try journal.save(checkpoint)
            findings.expect(try journal.checkpoint(of: 1) == checkpoint)
            try journal.sync()
            findings.expect(try journal.checkpoint(of: 1) == checkpoint)
        }
        try journal.save(Checkpoint(trial: 2, resource: 1, content: []))
        findings.expect(try journal.checkpoint(of: 2)?.content == [])
        findings.expect(try journal.checkpoint(of: 3) == nil)
    }

    static func uselessCheckpoints(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        for trial in 1...5 {
            try journal.save(Checkpoint(trial: trial, resource: 1, content: [7]))
        }
        try journal.sync()
        func ended(_ trial: Int, _ outcome: Outcome) -> Event {
            .ended(.init(trial: trial, outcome: outcome, time: 1))
        }
        try journal.append([
            ended(1, .returned), ended(2, .failed("no")), .interrupted(.interrupt),
            ended(3, .interrupted), ended(4, .returned),
        ])
        let expected = [nil, nil, 3, 4, 5]
        findings.expect(try (1...5).map { try journal.checkpoint(of: $0)?.trial } == expected)
        try journal.sync()
        findings.expect(try (1...5).map { try journal.checkpoint(of: $0)?.trial } == expected)
        // The interruption is superseded, and the trial ends after all.
        try journal.append([.resumed(from: 2), ended(4, .returned)])
        findings.expect(try journal.checkpoint(of: 4) == nil)
        findings.expect(try journal.checkpoint(of: 5) != nil)
    }
}
