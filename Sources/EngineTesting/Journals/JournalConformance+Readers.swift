internal import Engine

/// Several threads at once, other connections, newer programs.
extension JournalConformance {
    static let readerChecks: [ConformanceCheck<any JournalKind>] = [
        .init("reading while writing gives a beginning of intact appends", concurrentReading),
        .init("reports received by several at once are each kept once", concurrentReceiving),
        .init("others read a beginning of what is written while it is written", secondConnection),
        .init("others find at least what was synced, and nothing in another order", syncing),
        .init("an event that a newer program wrote is refused by its name", unknownEvents),
    ]

    static func concurrentReading(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let all = JournalCases.events(600)
        let write: @Sendable () throws -> Findings = {
            let lease = try journal.takeLease()
            for number in 0..<200 {
                try journal.append(
                    Array(all[3 * number..<3 * number + 3]), expecting: 3 * number, under: lease)
            }
            return Findings()
        }
        let read: @Sendable () throws -> Findings = {
            var (seen, findings) = (0, Findings())
            while seen < 600 {
                let events = try journal.events(from: 0)
                findings.expect(events.count % 3 == 0 && events.count >= seen)
                findings.expect(events == Array(all.prefix(events.count)))
                seen = events.count
            }
            return findings
        }
        for found in try inParallel([write, read, read]) { findings.add(found) }
    }

    static func concurrentReceiving(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        let receive: @Sendable () throws -> Int = {
            try (1...100).count { try journal.receive(JournalCases.arrival($0)) }
        }
        let accepted = try inParallel(Array(repeating: receive, count: 4)).reduce(0, +)
        findings.expect(accepted == 100, "\(accepted) of 100 reports were accepted")
        let trials = try journal.arrivals().map(\.trial)
        findings.expect(trials.sorted() == Array(1...100))
    }

    static func secondConnection(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        guard try kind.read(beside: journal) != nil else { return }
        let all = JournalCases.events(400)
        let write: @Sendable () throws -> Findings = {
            let lease = try journal.takeLease()
            for number in 0..<200 {
                try journal.receive(JournalCases.arrival(number))
                try journal.append(
                    Array(all[2 * number..<2 * number + 2]), expecting: 2 * number, under: lease)
                try journal.sync()
            }
            return Findings()
        }
        let readAll: @Sendable () throws -> Findings = {
            var (seen, findings) = (0, Findings())
            while seen < 200, let read = try kind.read(beside: journal) {
                let reports = read.arrivals.count
                findings.expect(read.events == Array(all.prefix(read.events.count)))
                findings.expect(read.arrivals == (0..<reports).map { JournalCases.arrival($0) })
                // Each sync brings one report and its two events, together.
                findings.expect(read.events.count == 2 * reports && reports >= seen)
                seen = reports
            }
            return findings
        }
        for found in try inParallel([write, readAll]) { findings.add(found) }
    }

    static func syncing(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        var random = TestRandom("syncing")
        var (written, synced) = (0, 0)
        for _ in 0..<100 {
            if random.below(3) == 0 {
                try journal.sync()
                synced = written
            } else {
                try journal.receive(JournalCases.arrival(written))
                try journal.append([JournalCases.event(written)])
                written += 1
            }
            guard let read = try kind.read(beside: journal) else { return }
            findings.expect((synced...written).contains(read.events.count))
            findings.expect((synced...written).contains(read.arrivals.count))
            findings.expect(read.events == JournalCases.events(read.events.count))
            findings.expect(
                read.arrivals == (0..<read.arrivals.count).map { JournalCases.arrival($0) })
        }
    }

    static func unknownEvents(_ kind: any JournalKind, _ findings: inout Findings) throws {
        let journal = try kind.makeEmpty()
        try journal.append(JournalCases.events(2))
        try journal.sync()
        guard try kind.appendEventOfNewerProgram("merged", to: journal) else { return }
        let readings: [() throws -> Void] = [
            { _ = try kind.read(beside: journal) }, { _ = try kind.reopen(journal) },
        ]
        for read in readings {
            do {
                try read()
                findings.expect(false, "the event was left out")
            } catch {
                findings.expect("\(error)".contains("event \"merged\""), "\(error)")
            }
        }
    }
}
