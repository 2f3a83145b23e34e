import Engine
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
        _ = try? JSONEncoder().encode(events)
    }

    @Test func noValueOfAnEventCrashes() throws {
        var events = try SampleStudy.events()
        events += [
            .ended(.init(trial: 1, outcome: .returned, time: 9)), .interrupted(.interrupt),
            .finished(.interrupt),
        ]
        for (index, event) in events.enumerated() {
            let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(event))
            for mutated in mutations(of: json) {
                guard let data = try? JSONSerialization.data(withJSONObject: mutated),
                    let crafted = try? JSONDecoder().decode(Event.self, from: data)
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let event = Event.created(try SampleStudy.definition())
        let text = String(decoding: try encoder.encode(event), as: UTF8.self)
        try #require(text.contains(part), "\(text)")
        let events = [
            try JSONDecoder().decode(
                Event.self, from: Data(text.replacing(part, with: crafted).utf8))
        ]
        let error = #expect(throws: EventError.self) { try StudyState(events: events) }
        #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
        #expect(throws: EventError.self) { try Replay(events) }
    }

    /// The same with one value of it changed, for every value and every change.
    private func mutations(of json: Any) -> [Any] {
        if let object = json as? [String: Any] {
            return object.flatMap { key, value in
                mutations(of: value).map { object.merging([key: $0]) { $1 } as Any }
            }
        }
        if let array = json as? [Any] {
            let inside = array.indices.flatMap { index in
                mutations(of: array[index]).map { value -> Any in
                    var copy = array
                    copy[index] = value
                    return copy
                }
            }
            return inside + [[Any](), array + array]
        }
        return json is String ? ["", "\u{1b}[31m<\"'\0"] : Self.numbers
    }
}
