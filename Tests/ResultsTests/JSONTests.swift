import Engine
import Foundation
import Results
import Testing

/// A study as one object.
@Suite struct JSONTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func theFrontHasArgumentsAndTheResourceByItsName() throws {
        let study = StudyView(try StudyState(events: SampleStudy.events()))
        let front = try #require(object(study.json())["pareto_front"] as? [[String: Any]])
        try #require(front.count == 1)
        #expect(front[0]["trial"] as? Int == 1)
        #expect(front[0]["resource"] as? Int == 1 && front[0]["epoch"] as? Int == 1)
        #expect(front[0]["error"] as? Double == 0.1 && front[0]["size"] as? Double == 1e-5)
        #expect((front[0]["args"] as? [String: Double]) == ["x": 1e-5])
    }

    @Test func theExportHasDecisionsAndReasons() throws {
        let view = StudyView(
            try StudyState(events: SampleStudy.events()), hasWriter: false,
            created: "2026-01-01T00:00:00Z")
        let study = try object(view.exported(as: .json))
        #expect(study["format"] as? Int == 1)
        #expect(study["state"] as? String == "abandoned")
        #expect(study["created"] as? String == "2026-01-01T00:00:00Z")
        #expect(study["reports"] as? Int == 2 && study["invalid_reports"] as? Int == 1)
        #expect(study["metrics"] as? [String] == ["error", "size", "loss"])
        #expect((study["knee"] as? [String: Int]) == ["trial": 1, "resource": 1, "epoch": 1])

        let rungs = try #require(study["rungs"] as? [[String: Int]])
        #expect(
            rungs == [
                [
                    "bracket": 0, "level": 1, "trials": 2, "invalid": 1, "stopped": 1,
                    "paused": 0, "continued": 1,
                ],
                [
                    "bracket": 0, "level": 3, "trials": 0, "invalid": 0, "stopped": 0,
                    "paused": 0, "continued": 0,
                ],
            ])

        let trials = try #require(study["trials"] as? [[String: Any]])
        #expect(trials.map { $0["state"] as? String } == ["abandoned", "stopped", "abandoned"])
        let decision = try #require((trials[1]["decisions"] as? [[String: Any]])?.first)
        #expect(decision["verdict"] as? String == "stop" && decision["rung"] as? Int == 1)
        #expect(decision["rank"] as? Int == 2 && decision["out_of"] as? Int == 2)
        #expect(decision["quota"] as? Int == 1 && decision["ahead"] as? [Int] == [1])
        #expect(decision["is_valid"] as? Bool == false)
        let retried = try #require((trials[2]["retried"] as? [[String: Any]])?.first)
        #expect(retried["error"] as? String == "no luck" && retried["epoch"] as? Int == 0)
    }

    /// A promotion takes its trial from those that wait to those that continue.
    @Test func aPromotedTrialHasContinued() throws {
        let events: [Event] = [
            .created(try SampleStudy.definition(kind: .promotion)),
            SampleStudy.start(1, ["x": 0]), SampleStudy.start(2, ["x": 1]),
            SampleStudy.report(1, at: 1, ["error": 1, "size": 1]),
            SampleStudy.decision(1, at: 1, .pause, rank: 1, outOf: 1),
            SampleStudy.report(2, at: 1, ["error": 2, "size": 2]),
            SampleStudy.decision(2, at: 1, .pause, rank: 2, outOf: 2, ahead: [1]),
            .promoted(
                Promotion(
                    trial: 1, rung: 1, bracket: 0,
                    standing: Standing(
                        rank: 1, outOf: 2, quota: 1, ahead: [], isInvalid: false),
                    time: 1)),
        ]
        let study = try object(StudyView(StudyState(events: events)).exported(as: .json))
        let rung = try #require((study["rungs"] as? [[String: Int]])?.first)
        #expect(rung["trials"] == 2 && rung["paused"] == 1 && rung["continued"] == 1)
        let trials = try #require(study["trials"] as? [[String: Any]])
        #expect((trials[0]["promotions"] as? [[String: Any]])?.first?["quota"] as? Int == 1)
    }
}
