import Engine
import EngineTesting
import Foundation
import Results
import Testing

/// A file of a study may be made by anyone, with right checksums: no event may crash who looks at it.
@Suite struct CraftedStudyTests {
    /// What stands in for the numbers, texts and arrays of events, one after the other.
    private static var numbers: [Any] {
        [
            NSNumber(value: Int.min), NSNumber(value: -1), NSNumber(value: 0),
            NSNumber(value: Int.max), NSNumber(value: 1e300), NSNumber(value: -0.5),
        ]
    }

    /// Shows all there is of what the events tell.
    private func show(_ events: [Event]) {
        guard let state = try? StudyState(events: events) else { return }
        for hasWriter in [true, false] {
            let view = StudyView(state, hasWriter: hasWriter)
            _ = view.description + view.trialTable(width: 20) + view.frontTable()
            for format in ExportFormat.allCases { _ = view.exported(as: format) }
            _ = view.json() + view.svg
            for trial in [Int.min, 0, 1, 2, 3, .max] { _ = view.explanation(of: trial) }
            _ = try? view.hypervolume()
            _ = view.knee()
        }
        _ = try? Replay(events)
        _ = events.map { EventLine($0).text }
    }

    @Test func noValueOfAnEventCrashes() throws {
        var events = try SampleStudy.events()
        events += [
            .ended(.init(trial: 1, outcome: .returned, time: 9)), .interrupted(.interrupt),
            .finished(.interrupt),
        ]
        for (index, event) in events.enumerated() {
            let json = try JSONSerialization.jsonObject(with: Data(EventLine(event).text.utf8))
            for mutated in jsonMutations(
                of: json, numbers: Self.numbers, texts: ["", "\u{1b}[31m<\"'\0"])
            {
                guard let data = try? JSONSerialization.data(withJSONObject: mutated),
                    let crafted = try? EventLine.event(String(decoding: data, as: UTF8.self))
                else { continue }
                var all = events
                all[index] = crafted
                show(all)
            }
        }
    }

    @Test(arguments: [
        ("\"objectives\":[{", "\"objectives\":[],\"was\":[{", "objectives: expected at least one"),
        ("\"slots\":4", "\"slots\":0", "parallel_trials: expected an integer from 1 to 1000000"),
        ("\"rungLevels\":[1,3]", "\"rungLevels\":[3,1]", "rung_levels: expected increasing"),
        ("\"brackets\":1", "\"brackets\":9", "brackets: expected at most one for each rung level"),
        ("\"reductionFactor\":3", "\"reductionFactor\":0", "reduction_factor: expected an integer"),
        ("\"lo\":0", "\"lo\":2", "x: expected finite lo <= hi"),
    ])
    func aDefinitionThatCannotBeIsNamed(part: String, crafted: String, problem: String) throws {
        let text = EventLine(.created(try SampleStudy.definition())).text
        try #require(text.contains(part), "\(text)")
        let error = #expect(throws: SettingError.self) {
            try EventLine.event(text.replacing(part, with: crafted))
        }
        #expect("\(error.map(\.description) ?? "")".contains(problem))
    }
}
