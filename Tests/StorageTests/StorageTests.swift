import Engine
import EngineTesting
import Storage
import Testing

/// What every journal must keep. A new kind of journal adds itself to `kinds` and passes all of it.
@Suite("Journals")
struct JournalConformance {
    /// The journals there are.
    static let kinds: [any JournalKind] = [MemoryKind(), SQLiteKind()]

    private func event(_ trial: Int) -> Event {
        .ended(.init(trial: trial, outcome: .returned, time: trial))
    }

    private func arrival(_ trial: Int, _ resource: Int, _ error: Double = 0) -> ReceivedReport {
        ReceivedReport(trial: trial, resource: resource, metrics: Metrics(["error": .real(error)]))
    }

    @Test("an empty journal has nothing", arguments: kinds)
    func empty(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        #expect(try journal.events(from: 0).isEmpty)
        #expect(try journal.events(from: 7).isEmpty)
        #expect(try journal.arrivals().isEmpty)
    }

    @Test(
        "events come back in the order they were appended, from any number on",
        arguments: kinds)
    func order(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        try journal.append([event(1), event(2)])
        try journal.append([])
        try journal.append([event(3)])
        #expect(try journal.events(from: 0) == [event(1), event(2), event(3)])
        #expect(try journal.events(from: 2) == [event(3)])
        #expect(try journal.events(from: 3).isEmpty)
    }

    @Test("values come back exactly, NaN and infinities too", arguments: kinds)
    func exactness(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        let metrics = Metrics([
            "nan": .real(.nan), "inf": .real(-.infinity), "large": .integer((1 << 53) + 1),
            "tenth": .real(0.1),
        ])
        let reported = Event.reported(
            .init(trial: 1, report: Report(resource: 3, metrics: metrics, time: 3)))
        try journal.append([reported])
        #expect(try journal.events(from: 0) == [reported])
        let arrival = ReceivedReport(trial: 1, resource: 3, metrics: metrics)
        try journal.receive(arrival)
        #expect(try journal.arrivals() == [arrival])
    }

    @Test(
        "a report is received once for each trial and resource; the first stays",
        arguments: kinds)
    func idempotence(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        #expect(try journal.receive(arrival(1, 1, 0.5)))
        #expect(try journal.receive(arrival(1, 2)))
        #expect(try journal.receive(arrival(2, 1)))
        #expect(try !journal.receive(arrival(1, 1, 0.7)))
        #expect(try journal.arrivals() == [arrival(1, 1, 0.5), arrival(1, 2), arrival(2, 1)])
        #expect(try journal.events(from: 0).isEmpty)
    }

    @Test("reading while writing gives a beginning of whole appends", arguments: kinds)
    func concurrentReading(kind: any JournalKind) async throws {
        let journal = try kind.makeEmpty()
        let event = self.event
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let lease = try journal.takeLease()
                for number in 0..<200 {
                    try journal.append(
                        [event(3 * number), event(3 * number + 1), event(3 * number + 2)],
                        expecting: 3 * number, under: lease)
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    var seen = 0
                    while seen < 600 {
                        let events = try journal.events(from: 0)
                        #expect(events.count % 3 == 0 && events.count >= seen)
                        #expect(events == (0..<events.count).map { event($0) })
                        seen = events.count
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("reports received by several at once are each kept once", arguments: kinds)
    func concurrentReceiving(kind: any JournalKind) async throws {
        let journal = try kind.makeEmpty()
        let arrival = self.arrival
        let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try (1...100).count { try journal.receive(arrival($0, 1, 0)) }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(accepted == 100)
        #expect(try Set(journal.arrivals().map(\.trial)) == Set(1...100))
        #expect(try journal.arrivals().count == 100)
    }

    @Test("a study's events, read back, tell the study", arguments: kinds)
    func wholeStudy(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        let space = try SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))])
        let definition = try StudyDefinition(
            name: "s", seed: 1, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: .promotion), trialLimit: 12)
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
            ["error": (configuration["x"]?.number?.double ?? 0) / Double(epoch)]
        }
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        let state = try simulation.run()
        let read = try StudyState(events: journal.events(from: 0))
        #expect(read.trials == state.trials)
        #expect(read.front() == state.front())
        #expect(try journal.arrivals().count == state.reportCount)
    }

    @Test("of a trial's checkpoints the last stays", arguments: kinds)
    func checkpoints(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        #expect(try journal.checkpoint(of: 1) == nil)
        for resource in 1...3 {
            let checkpoint = Checkpoint(
                trial: 1, resource: resource, content: [UInt8](repeating: 7, count: 9_000))
            try journal.save(checkpoint)
            #expect(try journal.checkpoint(of: 1) == checkpoint)
            try journal.sync()
            #expect(try journal.checkpoint(of: 1) == checkpoint)
        }
        try journal.save(Checkpoint(trial: 2, resource: 1, content: []))
        #expect(try journal.checkpoint(of: 2)?.content == [])
        #expect(try journal.checkpoint(of: 3) == nil)
    }

    @Test("an append that does not know the last events changes nothing", arguments: kinds)
    func positions(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        let lease = try journal.takeLease()
        try journal.append([event(1), event(2)], expecting: 0, under: lease)
        for position in [0, 1, 3] {
            #expect(throws: JournalError.position(expected: position, got: 2)) {
                try journal.append([event(3)], expecting: position, under: lease)
            }
        }
        try journal.sync()
        #expect(throws: JournalError.position(expected: 1, got: 2)) {
            try journal.append([event(3)], expecting: 1, under: lease)
        }
        #expect(try journal.events(from: 0) == [event(1), event(2)])
        try journal.append([event(3)], expecting: 2, under: lease)
        #expect(try journal.events(from: 2) == [event(3)])
    }

    @Test("a decider that another has replaced is fenced off", arguments: kinds)
    func fencing(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        let first = try journal.takeLease()
        try journal.append([event(1)], expecting: 0, under: first)
        let second = try journal.takeLease()
        #expect(second.number > first.number)
        #expect(throws: JournalError.fenced(held: second.number, got: first.number)) {
            try journal.append([event(2)], expecting: 1, under: first)
        }
        try journal.append([event(3)], expecting: 1, under: second)
        #expect(try journal.events(from: 0) == [event(1), event(3)])
    }

    @Test("a second conductor on one journal fences the first off", arguments: kinds)
    func secondConductor(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        let definition = try StudyDefinition(
            name: "s", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)], hyperband: Hyperband(maxResource: 9),
            trialLimit: 12)
        var first = try Conductor(definition, journal: journal)
        _ = try first.start()
        var second = try Conductor(resuming: journal, with: definition)
        _ = try second.start()
        #expect(throws: JournalError.self) { try first.stop(.stopped) }
        _ = try second.stop(.stopped)
        #expect(try StudyState(events: journal.events(from: 0)).endReason == .stopped)
    }

    @Test("an event's report is the one that was received", arguments: kinds)
    func reports(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        let arrival = self.arrival(1, 1, 0.5)
        let other = Metrics(["error": 0.25])
        let events = [arrival.metrics, arrival.metrics, other].map {
            Event.reported(.init(trial: 1, report: Report(resource: 1, metrics: $0, time: 1)))
        }
        try journal.receive(arrival)
        for event in events {
            try journal.append([event])
            try journal.sync()
        }
        #expect(try journal.events(from: 0) == events)
        #expect(try journal.arrivals() == [arrival])
    }

    @Test("the events of a report that a resumption superseded refer to it again", arguments: kinds)
    func superseding(kind: any JournalKind) throws {
        var journal = try kind.makeEmpty()
        let arrivals = [arrival(1, 1, 0.5), arrival(2, 1, 0.25)]
        for arrival in arrivals { try journal.receive(arrival) }
        let reported = arrivals.map {
            Event.reported(
                .init(
                    trial: $0.trial, report: Report(resource: 1, metrics: $0.metrics, time: 1)))
        }
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
        #expect(events == Array(steps.joined()))
        #expect(events.effective == reported)
        #expect(EffectiveHistory(events).superseded == [1..<5])
        #expect(try journal.arrivals(after: 1) == [arrivals[1]])
    }

    @Test(
        "a checkpoint goes when its trial has ended for good, and stays while it may go on",
        arguments: kinds)
    func uselessCheckpoints(kind: any JournalKind) throws {
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
        #expect(try (1...5).map { try journal.checkpoint(of: $0)?.trial } == expected)
        try journal.sync()
        #expect(try (1...5).map { try journal.checkpoint(of: $0)?.trial } == expected)
        // The interruption is superseded, and the trial ends after all.
        try journal.append([.resumed(from: 2), ended(4, .returned)])
        #expect(try journal.checkpoint(of: 4) == nil)
        #expect(try journal.checkpoint(of: 5) != nil)
    }

    @Test("what is taken up is all there is, with what was not synced", arguments: kinds)
    func beginning(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        try SampleStudy.events(journal)
        let events = try journal.events(from: 0)
        let last = events.count - 1
        try journal.append([
            .resumed(from: last), .interrupted(.interrupt), .finished(.interrupt),
        ])
        let beginning = try journal.beginning()
        #expect(beginning.fold.total == events.count + 3)
        #expect(beginning.fold.resumptionPoint == events.count + 1)
        #expect(try beginning.fold.study.trials == StudyState(events: events.dropLast()).trials)
        #expect(try beginning.arrivals == journal.arrivals())
    }

    @Test("who opens the study again finds what was written", arguments: kinds)
    func reopening(kind: any JournalKind) throws {
        var journal = try kind.makeEmpty()
        try SampleStudy.events(journal)
        let (events, arrivals) = (try journal.events(from: 0), try journal.arrivals())
        let checkpoint = try journal.checkpoint(of: 2)
        for _ in 0..<2 {
            guard let again = try kind.reopen(journal) else { return }
            journal = again
            #expect(try journal.events(from: 0) == events)
            #expect(try journal.arrivals() == arrivals)
            #expect(try journal.checkpoint(of: 2) == checkpoint)
            #expect(try !journal.receive(arrivals[3]))
        }
    }

    @Test("others read a beginning of what is written while it is written", arguments: kinds)
    func secondConnection(kind: any JournalKind) async throws {
        let journal = try kind.makeEmpty()
        guard try kind.read(beside: journal) != nil else { return }
        let (event, arrival) = (self.event, self.arrival)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let lease = try journal.takeLease()
                for number in 0..<200 {
                    try journal.receive(arrival(number, 1, 0))
                    try journal.append(
                        [event(2 * number), event(2 * number + 1)], expecting: 2 * number,
                        under: lease)
                    try journal.sync()
                }
            }
            group.addTask {
                var seen = 0
                while seen < 200 {
                    guard let read = try kind.read(beside: journal) else { return }
                    #expect(read.events == (0..<read.events.count).map { event($0) })
                    #expect(read.arrivals == (0..<read.arrivals.count).map { arrival($0, 1, 0) })
                    // Each sync brings one report and its two events, together.
                    #expect(read.events.count == 2 * read.arrivals.count)
                    #expect(read.arrivals.count >= seen)
                    seen = read.arrivals.count
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("others find at least what was synced, and nothing in another order", arguments: kinds)
    func syncing(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        var random = SeededRandom(seed: 5)
        var (written, synced) = (0, 0)
        for _ in 0..<100 {
            switch random.next() % 3 {
            case 0:
                try journal.sync()
                synced = written
            default:
                try journal.receive(arrival(written, 1))
                try journal.append([event(written)])
                written += 1
            }
            guard let read = try kind.read(beside: journal) else { return }
            #expect((synced...written).contains(read.events.count))
            #expect((synced...written).contains(read.arrivals.count))
            #expect(read.events == (0..<read.events.count).map { event($0) })
            #expect(read.arrivals == (0..<read.arrivals.count).map { arrival($0, 1) })
        }
    }

    @Test("an event that a newer program wrote is refused by its name", arguments: kinds)
    func unknownEvents(kind: any JournalKind) throws {
        let journal = try kind.makeEmpty()
        try journal.append([event(1), event(2)])
        try journal.sync()
        guard try kind.appendEventOfNewerProgram("merged", to: journal) else { return }
        for read in [
            { _ = try kind.read(beside: journal) }, { _ = try kind.reopen(journal) },
        ] {
            #expect {
                try read()
            } throws: {
                "\($0)".contains("event \"merged\"")
            }
        }
    }
}
