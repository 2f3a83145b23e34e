internal import Engine

/// Whole studies: run, resumed, opened again.
extension JournalConformance {
    static let studyChecks: [ConformanceCheck<any JournalKind>] = [
        .init("a study's events, read back, tell the study", wholeStudy),
        .init("the reasons of a model come back exactly", reasons),
        .init("the events of a report that a resumption superseded refer to it again", superseding),
        .init("what is resumed is all there is, with what was not synced", beginning),
        .init("a process that opens the study again finds what was written", reopening),
    ]

    static func wholeStudy(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let state = try JournalCases.run(journal)
        let read = try StudyState(events: journal.events(from: 0))
        findings.expect(read.trials == state.trials)
        findings.expect(read.front() == state.front())
        findings.expect(try journal.arrivals().count == state.reportCount)
    }

    static func reasons(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let expected = SlotReason.Expectation(
            trial: 1, index: 0.1, resource: 9, costs: [1 / 3], deviations: [1e-300])
        let reason = SlotReason(
            .due, chosen: expected, runnerUp: expected, compared: 3,
            fit: KernelFit(trials: 30, logarithms: [[-0.7, 2e-9]]))
        let configuration = Configuration([.init("x", .real(0.25))])
        let standing = Standing(rank: 2, outOf: 5, quota: 1, ahead: [3], isInvalid: false)
        let events: [Event] = [
            .started(
                .init(
                    trial: 1, configuration: configuration, bracket: 0, time: 0, origin: .model,
                    reason: reason)),
            .promoted(
                .init(
                    trial: 1, rung: 1, bracket: 0, standing: standing, time: 2, reason: reason)),
            .promoted(.init(trial: 1, rung: 3, bracket: 0, standing: standing, time: 4)),
            .started(
                .init(
                    trial: 2, configuration: configuration, bracket: 0, time: 4, origin: .random,
                    reason: SlotReason(.few))),
        ]
        try journal.append(events)
        try journal.sync()
        findings.expect(try journal.events(from: 0) == events)
        guard let again = try kind.reopen(journal) else { return }
        findings.expect(try again.events(from: 0) == events)
    }

    static func superseding(_ kind: any JournalKind, _ findings: inout Findings) throws {
        var journal = try kind.makeEmpty()
        let arrivals = [
            JournalCases.arrival(1, error: 0.5), JournalCases.arrival(2, error: 0.25),
        ]
        for arrival in arrivals { try journal.receive(arrival) }
        let reported = arrivals.map(JournalCases.reported)
        let steps: [[Event]] = [
            [reported[0], .interrupted(.interrupt)], [reported[1], .finished(.interrupt)],
            [.resumed(from: 1)], [reported[1]],
        ]
        for step in steps {
            try journal.append(step)
            try journal.sync()
            if let again = try kind.reopen(journal) { journal = again }
        }
        let events = try journal.events(from: 0)
        findings.expect(events == Array(steps.joined()))
        findings.expect(events.effective == reported)
        findings.expect(EffectiveHistory(events).superseded == [1..<5])
        findings.expect(try journal.arrivals(after: 1) == [arrivals[1]])
    }

    static func beginning(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        try JournalCases.run(journal)
        let events = try journal.events(from: 0)
        try journal.append([
            .resumed(from: events.count - 1), .interrupted(.interrupt), .finished(.interrupt),
        ])
        let beginning = try journal.beginning()
        findings.expect(beginning.fold.total == events.count + 3)
        findings.expect(beginning.fold.resumptionPoint == events.count + 1)
        let before = try StudyState(events: events.dropLast())
        findings.expect(try beginning.fold.study.trials == before.trials)
        findings.expect(try beginning.arrivals == journal.arrivals())
    }

    static func reopening(_ kind: any JournalKind, _ findings: inout Findings) throws {
        var journal = try kind.makeEmpty()
        try JournalCases.run(journal)
        let (events, arrivals) = (try journal.events(from: 0), try journal.arrivals())
        let checkpoint = try journal.checkpoint(of: 2)
        for _ in 0..<2 {
            guard let again = try kind.reopen(journal) else { return }
            journal = again
            findings.expect(try journal.events(from: 0) == events)
            findings.expect(try journal.arrivals() == arrivals)
            findings.expect(try journal.checkpoint(of: 2) == checkpoint)
            findings.expect(try !journal.receive(arrivals[3]))
        }
    }
}
