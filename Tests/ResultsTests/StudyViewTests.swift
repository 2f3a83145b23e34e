import Engine
import Results
import Testing

/// Where a study stands, in words.
@Suite struct StudyViewTests {
    private func view(_ end: [Event] = [], hasWriter: Bool = false) throws -> StudyView {
        StudyView(
            try StudyState(events: SampleStudy.events() + end), hasWriter: hasWriter)
    }

    @Test func theStatusTellsWhetherItCanBeResumed() throws {
        #expect(try view(hasWriter: true).status == .running)
        #expect(try view().status == .abandoned)
        let interruption: [Event] = [.interrupted(.interrupt), .finished(.interrupt)]
        #expect(try view(interruption).status == .interrupted)
        #expect(try view([.finished(.trialsDone)]).status == .finished)
    }

    @Test func anAbandonedStudyHasAbandonedTrials() throws {
        let view = try view()
        #expect(
            view.summary == "sample: 3 trials (2 abandoned, 1 stopped), 2 reports, 1 on the front; "
                + "it was abandoned before its end")
        #expect(
            view.sentences(about: 3)?.last
                == "it ran when the study was abandoned and had not reported yet")
        #expect(view.csv().contains("abandoned"))
        #expect(view.json().contains("\"state\": \"abandoned\""))
        let running = try self.view(hasWriter: true)
        #expect(!(running.description + running.csv() + running.json()).contains("abandoned"))
    }

    /// Its end may be what is lost.
    @Test func aDamagedStudyIsNotSaidToBeAbandoned() throws {
        let state = try StudyState(events: SampleStudy.events())
        let view = StudyView(state, hasWriter: false, isIntact: false)
        #expect(!view.summary.contains("it was abandoned"))
    }

    @Test func aStudyOfFailedTrialsAloneIsKnown() throws {
        var events: [Event] = [.created(try SampleStudy.definition())]
        #expect(try !StudyView(StudyState(events: events)).hasOnlyFailedTrials)
        events += [
            SampleStudy.start(1, ["x": 0]),
            .ended(.init(trial: 1, outcome: .failed("no"), time: 0)),
        ]
        #expect(try StudyView(StudyState(events: events)).hasOnlyFailedTrials)
    }

    /// A resumption supersedes the interruption and all behind it.
    @Test func whatWasSupersededIsInNoView() throws {
        let events = try SampleStudy.events()
        let superseded: [Event] = [
            .interrupted(.interrupt), SampleStudy.report(1, at: 5, ["error": 77, "size": 77]),
            .ended(.init(trial: 1, outcome: .interrupted, time: 5)), .finished(.interrupt),
        ]
        let later = [SampleStudy.report(1, at: 2, ["error": 3, "size": 4])]
        let resumed = try StudyState(
            events: events + superseded + [.resumed(from: events.count)] + later)
        let undisturbed = try StudyState(events: events + later)
        let views = [resumed, undisturbed].map { StudyView($0) }
        let texts = views.map { view in
            ExportFormat.allCases.map { view.exported(as: $0) }
                + [view.description, view.trialTable(), view.frontTable(), view.svg, view.page]
                + (1...3).map { view.explanation(of: $0) ?? "" }
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0][1].contains("running") && !texts[0].joined().contains("77,77"))
    }

    @Test func aListHasARowForEachStudy() {
        let entries = StudyEntry.State.allCases.map { state in
            StudyEntry(
                address: "studies/\(state).db",
                metadata: StudyMetadata(name: "toy", created: "2026-01-01T00:00:00Z"),
                state: state, trials: 3, reports: 8)
        }
        let lines = StudyListing(entries).table?.split(separator: "\n") ?? []
        #expect(lines.count == 6)
        #expect(
            lines[3].split(separator: " ") == [
                "toy", "studies/abandoned.db", "2026-01-01T00:00:00Z", "abandoned", "3", "8",
            ])
        #expect(StudyListing([]).table == nil)
    }

    @Test func aTrialThatThereIsNotHasNoExplanation() throws {
        let view = try view()
        #expect(view.explanation(of: 4) == nil && view.explanation(of: .min) == nil)
    }
}
