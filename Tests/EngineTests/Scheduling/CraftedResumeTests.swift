import Engine
import EngineTesting
import Foundation
import Results
import Testing

/// A study's file may be made by anyone, with right checksums. Whatever its events say, resuming,
/// replaying, explaining and showing it ends in an error or in a result.
@Suite("Crafted events") struct CraftedResumeTests {
    /// What stands in for each number of an event.
    private static var numbers: [Any] {
        [
            NSNumber(value: Int.min), NSNumber(value: -1), NSNumber(value: 0),
            NSNumber(value: 1 << 40), NSNumber(value: Int.max), NSNumber(value: 1e300),
            NSNumber(value: -0.5), NSNumber(value: 0.5), "x", [Any](), NSNull(),
        ]
    }

    /// What stands in for each text.
    private static var texts: [Any] {
        ["", "nan", "\u{1b}[31m<\"'\0", NSNumber(value: 7), ["real": "nan"], deep(200)]
    }

    private static func deep(_ depth: Int) -> Any {
        (0..<depth).reduce([Any]()) { inner, _ in [inner] }
    }

    /// A small study of a kind, its resource no whole number in the last third of its kinds.
    private static func events(_ kind: Hyperband.Kind, resolution: Resource) throws -> [Event] {
        let definition = try StudyDefinition(
            name: "crafted", seed: 1, space: lineSpace(),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                maxResource: 4, resolution: resolution, gracePeriod: 1, reductionFactor: 2,
                kind: kind),
            trialLimit: 4, slots: 2, retries: 1)
        let journal = RecordingJournal()
        var conductor = try Conductor(definition, journal: journal)
        var commands = try conductor.start()
        commands += try conductor.trialEnded(1, .failed("once"))
        run(&conductor, commands, steps: 6)
        _ = try conductor.stop(.interrupt)
        return journal.events
    }

    /// Lets trials report for so many commands, whatever becomes of them.
    private static func run(_ conductor: inout Conductor, _ commands: [Command], steps: Int) {
        var commands = commands[...]
        for _ in 0..<steps {
            guard let command = commands.popFirst() else { return }
            switch command {
            case .start(let trial, _, _), .continue(let trial), .retry(let trial):
                let next = Value.integer(conductor.reportedResource(of: trial).whole &+ 1)
                let receipt = try? conductor.report(
                    trial: trial, fields: ["epoch": next, "error": .real(Double(trial % 7))])
                commands += receipt?.commands ?? []
            case .decide(let request):
                commands += (try? conductor.decided(request.compute())) ?? []
            default: break
            }
        }
    }

    /// Does with the events all that the commands of the program do.
    private func use(_ events: [Event]) {
        _ = try? Replay(events).disagreements.map(\.description)
        guard let state = try? StudyState(events: events) else { return }
        _ = state.resourceGaps.map(\.description)
        let view = StudyView(state, hasWriter: false)
        _ = view.description + view.trialTable(width: 20) + view.frontTable() + view.json()
        for format in ExportFormat.allCases { _ = view.exported(as: format) }
        for trial in [Int.min, 0, 1, 2, .max] { _ = view.explanation(of: trial) }
        let journal = RecordingJournal()
        journal.append(events)
        for case .reported(let reported) in events {
            _ = journal.receive(
                ReceivedReport(
                    trial: reported.trial, attempt: reported.attempt,
                    resource: reported.report.resource, metrics: reported.report.metrics))
        }
        guard var conductor = try? Conductor(resuming: journal, with: state.definition),
            let commands = try? conductor.start()
        else { return }
        Self.run(&conductor, commands, steps: 12)
        _ = try? conductor.stop(.stopped)
        _ = try? Replay(journal.events)
    }

    @Test(
        "no value of any field of any event crashes", arguments: Hyperband.Kind.allCases,
        [1, 0.5] as [Resource])
    func values(kind: Hyperband.Kind, resolution: Resource) throws {
        let events = try Self.events(kind, resolution: resolution)
        use(events)
        var used = 0
        for (index, event) in events.enumerated() {
            let json = try JSONSerialization.jsonObject(with: Data(EventLine(event).text.utf8))
            for crafted in jsonMutations(
                of: json, numbers: Self.numbers, texts: Self.texts)
            {
                guard let data = try? JSONSerialization.data(withJSONObject: crafted),
                    let changed = try? EventLine.event(String(decoding: data, as: UTF8.self)),
                    changed != event
                else { continue }
                var all = events
                all[index] = changed
                use(all)
                used += 1
            }
        }
        #expect(used > 100)
    }
}
