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

    @Test func aTrialThatThereIsNotHasNoExplanation() throws {
        let view = try view()
        #expect(view.explanation(of: 4) == nil && view.explanation(of: .min) == nil)
    }
}
