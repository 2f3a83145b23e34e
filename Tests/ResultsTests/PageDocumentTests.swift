import Engine
import Foundation
import Rendering
import Results
import Testing

/// The document that the page works from, and its increments.
@Suite struct PageDocumentTests {
    private func document(
        _ events: [Event], hasWriter: Bool = true, resume: String? = nil
    ) throws -> PageDocument {
        PageDocument(
            StudyView(try StudyState(events: events), hasWriter: hasWriter), resume: resume)
    }

    private func object(_ json: JSONValue) throws -> [String: Any] {
        let data = Data(json.serialized().utf8)
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func trialsAndReportsAreColumns() throws {
        let all = try object(document(SampleStudy.events(), resume: "again").json)
        let study = try #require(all["study"] as? [String: Any])
        #expect(study["name"] as? String == "sample" && study["state"] as? String == "running")
        #expect(study["resume"] as? String == "again" && study["seed"] as? String == "1")
        #expect(study["levels"] as? [[Int]] == [[1, 3]])
        #expect(all["metrics"] as? [String] == ["error", "size", "loss"])
        let trials = try #require(all["trials"] as? [String: Any])
        #expect(trials["id"] as? [Int] == [1, 2, 3])
        #expect(trials["state"] as? [String] == ["running", "stopped", "running"])
        #expect(trials["args"] as? [[Double]] == [[1e-5, 0.5, 1]])
        #expect((trials["failures"] as? [[[Any]]])?[2][0][1] as? String == "no luck")
        let why = try #require(trials["why"] as? [String])
        #expect(why[1].contains("stopped"))
        let reports = try #require(all["reports"] as? [String: Any])
        #expect(reports["trial"] as? [Int] == [1, 2])
        let metrics = try #require(reports["metrics"] as? [[Any]])
        #expect(metrics[0][0] as? Double == 0.1 && metrics[0][1] is NSNull)
        #expect(metrics[2][0] as? Double == 2e-7 && metrics[2][1] is NSNull)
        #expect(all["front"] as? [[Int]] == [[1, 1]])
        #expect((all["rungs"] as? [[Int]])?.first == [0, 1, 2, 1, 1, 0, 1])
    }

    /// What JavaScript's numbers cannot hold comes as text.
    @Test func numbersAreExact() throws {
        let space = try SearchSpace([
            .init("n", .domain(.int(try IntDomain(0, Int.max)))),
            .init("k", .domain(.boolean)),
        ])
        let definition = try StudyDefinition(
            name: "exact", seed: 1, space: space,
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(timeAttribute: "epoch", maxResource: 9, kind: .stopping),
            trialLimit: 3)
        let entries: [Configuration.Entry] = [
            .init("n", .integer(Int.max)), .init("k", .boolean(true)),
        ]
        let json = try document([
            .created(definition),
            .started(
                .init(trial: 1, configuration: Configuration(entries), bracket: 0, time: 0)),
            SampleStudy.report(1, at: 1, ["error": .real(.infinity)]),
        ]).json.serialized()
        #expect(json.contains("[\"9223372036854775807\"]") && json.contains("[true]"))
        #expect(json.contains("\"metrics\":[[\"inf\"]]"))
    }

    @Test func itHasImportanceAndWhatIsKept() throws {
        let view = StudyView(try StudyState(events: SampleStudy.events()))
        let kept = [Artifact.Key(trial: 2, resource: 1), Artifact.Key(trial: 1, resource: 1)]
        let all = try object(PageDocument(view, kept: kept).json)
        #expect(all["kept"] as? [[Int]] == [[1, 1], [2, 1]])
        // The parameter's place, its share in the front, and one for each of two objectives.
        #expect((all["importance"] as? [[Double]])?.map(\.count) == [1, 1, 1, 1])
    }

    @Test func anIncrementHasWhatIsNew() throws {
        let events = try SampleStudy.events()
        let earlier = try document(Array(events.prefix(6)))
        let later = try document(events)
        #expect(later.differs(from: earlier) && !later.differs(from: later))
        // A metric that there was not needs the complete document.
        #expect(
            try document(Array(events.prefix(5))).increment(
                after: try document(Array(events.prefix(3)))) == nil)
        let increment = try object(try #require(later.increment(after: earlier)))
        let trials = try #require(increment["trials"] as? [String: Any])
        #expect(trials["id"] as? [Int] == [2, 3])
        let reports = try #require(increment["reports"] as? [String: Any])
        #expect(reports["trial"] as? [Int] == [2])
        #expect(increment["parameters"] == nil && increment["study"] != nil)
    }

    /// After a resumption that dropped reports the page must begin again.
    @Test func aStudyThatLostReportsHasNoIncrement() throws {
        let events = try SampleStudy.events()
        let earlier = try document(events)
        #expect(try document(Array(events.prefix(6))).increment(after: earlier) == nil)
    }

    @Test func theEndIsAChange() throws {
        let events = try SampleStudy.events()
        let running = try document(events)
        #expect(try document(events, hasWriter: false).differs(from: running))
    }

    /// One trial that stops at its first rung, and one of 81 reports, of which one is on the front.
    private func long(_ count: Int) throws -> StudyView {
        let definition = try StudyDefinition(
            name: "long", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(try RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                timeAttribute: "epoch", maxResource: 81, gracePeriod: 9, kind: .stopping),
            trialLimit: 3)
        let start = Event.started(
            .init(
                trial: 1, configuration: Configuration([.init("x", .real(0.5))]), bracket: 0,
                time: 0))
        let reports = (1...count).map { epoch in
            SampleStudy.report(1, at: epoch, ["error": .real(epoch == 6 ? 0 : 1)])
        }
        return StudyView(try StudyState(events: [.created(definition), start] + reports))
    }

    /// The resources that a document holds.
    private func resources(_ json: JSONValue) throws -> [Int] {
        let reports = try #require(object(json)["reports"] as? [String: Any])
        return try #require(reports["resource"] as? [Int])
    }

    /// Of a large study it holds an even choice, the front, and the last report of each trial.
    @Test func aLargeStudyIsThinned() throws {
        let document = PageDocument(try long(16), reportLimit: 5)
        #expect(try resources(document.json) == [1, 5, 6, 9, 13, 16])
        let study = try #require(object(document.json)["study"] as? [String: Any])
        #expect(study["reports"] as? Int == 16)
        let all = PageDocument(try long(16), reportLimit: 16)
        #expect(try resources(all.json) == Array(1...16))
    }

    /// An increment is thinned as the complete document; where that is thinned more, it is sent again.
    @Test func incrementsOfALargeStudyAreThinned() throws {
        let earlier = PageDocument(try long(16), reportLimit: 5)
        let later = PageDocument(try long(20), reportLimit: 5)
        #expect(try resources(#require(later.increment(after: earlier))) == [17, 20])
        let much = PageDocument(try long(40), reportLimit: 5)
        #expect(much.increment(after: later) == nil)
    }

    /// Trials of one report each, of which the fifth has the best.
    private func many(_ count: Int) throws -> StudyView {
        let definition = try StudyDefinition(
            name: "many", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(try RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                timeAttribute: "epoch", maxResource: 81, gracePeriod: 9, kind: .stopping),
            trialLimit: 1000)
        let events = (1...count).flatMap { trial -> [Event] in
            let error = trial == 5 ? 0 : 1 + Double(trial) / 100
            let start = Event.started(
                .init(
                    trial: trial,
                    configuration: Configuration([.init("x", .real(Double(trial) / 1000))]),
                    bracket: 0, time: 0))
            let report = SampleStudy.report(trial, at: 1, ["error": .real(error)])
            let end = Event.ended(.init(trial: trial, outcome: .returned, time: trial))
            return [start, report, end]
        }
        return StudyView(try StudyState(events: [.created(definition)] + events))
    }

    /// The trials that a document holds, and those whose reports it has.
    private func trials(_ json: JSONValue) throws -> [[Int]] {
        let all = try object(json)
        return try ["trials", "reports"].map { name -> [Int] in
            let columns = try #require(all[name] as? [String: Any])
            return try #require(columns[name == "trials" ? "id" : "trial"] as? [Int])
        }
    }

    /// Of many trials it holds an even choice, the front and what is kept, and all in its totals.
    @Test func manyTrialsAreThinned() throws {
        let kept = [Artifact.Key(trial: 3, resource: 1)]
        let document = PageDocument(try many(16), kept: kept, trialLimit: 4)
        #expect(try trials(document.json) == [[3, 4, 5, 8, 12, 16], [3, 4, 5, 8, 12, 16]])
        let study = try #require(object(document.json)["study"] as? [String: Any])
        #expect(study["trials"] as? Int == 16)
        #expect(study["states"] as? [String: Int] == ["completed": 16])
        #expect(try trials(PageDocument(try many(16), trialLimit: 16).json)[0] == Array(1...16))
    }

    @Test func incrementsOfManyTrialsAreThinned() throws {
        let earlier = PageDocument(try many(16), trialLimit: 5)
        let later = PageDocument(try many(19), trialLimit: 5)
        #expect(try trials(#require(later.increment(after: earlier))) == [[], []])
        let more = PageDocument(try many(20), trialLimit: 5)
        #expect(try trials(#require(more.increment(after: later))) == [[20], [20]])
        let much = PageDocument(try many(24), trialLimit: 5)
        #expect(much.increment(after: more) == nil)
    }
}
