internal import Engine

/// Whole studies: run, resumed, opened again.
extension JournalConformance {
    static let studyChecks: [ConformanceCheck<any JournalKind>] = [
        .init("a study's events, read back, tell the study", wholeStudy),
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
