import Engine
import Testing

/// Histories that were interrupted and resumed.
@Suite("Append-only histories")
struct EffectiveHistoryTests {
    private func started(_ trial: Int) -> Event {
        .started(
            .init(
                trial: trial, configuration: Configuration([.init("x", .integer(trial))]),
                bracket: 0, time: 0))
    }

    /// A study that was interrupted twice, resumed, came to its end and was extended.
    private func events() throws -> [Event] {
        let short = try oneObjectiveStudy(trialLimit: 2)
        let long = try oneObjectiveStudy(trialLimit: 3)
        func stopped(_ trial: Int) -> Event {
            .ended(.init(trial: trial, outcome: .interrupted, time: 1))
        }
        return [
            .created(short), started(1), .interrupted(.interrupt), stopped(1),
            .finished(.interrupt),
            .resumed(from: 2), .interrupted(.timeOut), .resumed(from: 6), started(2),
            .finished(.trialsDone), .resumed(from: 9), .extended(long), started(3),
            .finished(.trialsDone),
        ]
    }

    @Test("what a resumption supersedes does not count")
    func effective() throws {
        let events = try events()
        let history = EffectiveHistory(events)
        #expect(history.numbers == [0, 1, 8, 11, 12, 13])
        #expect(history.superseded == [2..<6, 6..<8, 9..<11])
        #expect(events.effective == history.numbers.map { events[$0] })
        #expect(EffectiveHistory(events.effective).superseded.isEmpty)
    }

    @Test("the fold gives the study of the effective events, after every event")
    func fold() throws {
        let events = try events()
        var fold = EventFold()
        for (number, event) in events.enumerated() {
            fold.add(event)
            let part = Array(events.prefix(number + 1))
            let study = try fold.study
            let expected = try StudyState(events: part.effective)
            #expect(fold.total == number + 1)
            #expect(study.trials == expected.trials && study.endReason == expected.endReason)
            #expect(study.definition == expected.definition)
            #expect(study.isInterrupted == expected.isInterrupted)
        }
        #expect(fold.resumptionPoint == 13)
    }

    @Test("a resumption from elsewhere than an interruption or an end is no study")
    func elsewhere() throws {
        let events = try events()
        for (count, first) in [(2, 1), (2, 2), (5, 1), (5, 3), (5, 5), (14, 12)] {
            let crafted = Array(events.prefix(count)) + [.resumed(from: first)]
            let error = #expect(throws: EventError.self) { try StudyState(events: crafted) }
            #expect(error?.number == count)
        }
        #expect(throws: EventError.self) { try StudyState(events: [.resumed(from: 0)]) }
    }
}
