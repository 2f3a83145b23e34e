internal import Engine

/// Who may append, and what an append must know.
extension JournalConformance {
    static let leaseChecks: [ConformanceCheck<any JournalKind>] = [
        .init("an append that does not know the last events changes nothing", positions),
        .init("a decider that another has replaced is fenced off", fencing),
        .init("a second conductor on one journal fences the first off", secondConductor),
    ]

    static func positions(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let lease = try journal.takeLease()
        let events = JournalCases.events(3)
        try journal.append([events[0], events[1]], expecting: 0, under: lease)
        for position in [0, 1, 3] {
            findings.expect(throws: JournalError.position(expected: position, got: 2)) {
                try journal.append([events[2]], expecting: position, under: lease)
            }
        }
        try journal.sync()
        findings.expect(throws: JournalError.position(expected: 1, got: 2)) {
            try journal.append([events[2]], expecting: 1, under: lease)
        }
        findings.expect(try journal.events(from: 0) == [events[0], events[1]])
        try journal.append([events[2]], expecting: 2, under: lease)
        findings.expect(try journal.events(from: 2) == [events[2]])
    }

    static func fencing(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let events = JournalCases.events(3)
        let first = try journal.takeLease()
        try journal.append([events[0]], expecting: 0, under: first)
        let second = try journal.takeLease()
        findings.expect(second.number > first.number)
        findings.expect(throws: JournalError.fenced(held: second.number, got: first.number)) {
            try journal.append([events[1]], expecting: 1, under: first)
        }
        try journal.append([events[2]], expecting: 1, under: second)
        findings.expect(try journal.events(from: 0) == [events[0], events[2]])
    }

    static func secondConductor(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let definition = try JournalCases.definition()
        var first = try Conductor(definition, journal: journal)
        _ = try first.start()
        var second = try Conductor(resuming: journal, with: definition)
        _ = try second.start()
        do {
            _ = try first.stop(.stopped)
            findings.expect(false, "the first conductor still writes")
        } catch is JournalError {}
        _ = try second.stop(.stopped)
        findings.expect(try StudyState(events: journal.events(from: 0)).endReason == .stopped)
    }
}
