import Engine
import Running
import Storage
import Synchronization
import Testing

/// What users ask of a run from outside.
@Suite struct RunControlTests {
    /// The answers to requests, in order.
    private final class Answers: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func add(_ answer: AskServer.Answer) {
            lines.withLock { $0.append(String(decoding: answer.line, as: UTF8.self)) }
        }
    }

    /// Runs a study whose trials never wait, and sends requests when a trial starts.
    private func run(
        _ definition: StudyDefinition, requests: [Int: [(verb: String, line: String)]]
    ) throws -> (loop: StudyLoop, reason: EndReason?, answers: [String]) {
        let added = AddedConfigurations()
        let loop = StudyLoop(
            try StudySession(
                new: definition, MemoryJournal(),
                policy: AddedFirstPolicy(added, before: definition.makeSlotPolicy())),
            options: RunOptions(title: "test"))
        let inbox = AskInbox(wake: loop.queue.wake)
        let views = AskExecutor.Views(
            front: { "\($0.frontCount)" }, study: { "{\"trials\":\($0.trials.count)}" })
        let control = RunControl(inbox, StudyRequests(views: views, added: added))
        loop.answerNextRequest = control.answerNext
        let server = AskServer(inbox, names: ReportNames(definition))
        let answers = Answers()
        let executor = ScriptedExecutor(loop) { trial, epoch in
            .report(fields(epoch, error: Double(trial) + 1 / Double(epoch)))
        }
        executor.onCommand = { command in
            guard case .start(let trial, _, _) = command else { return }
            for request in requests[trial] ?? [] {
                server.take(Array(request.line.utf8), verb: request.verb, stays: 0, answers.add)
            }
        }
        let reason = try loop.run(executor)
        return (loop, reason, answers.all)
    }

    @Test func aTrialIsStopped() throws {
        let definition = try study(trials: 6, slots: 2)
        let run = try run(
            definition, requests: [2: [("stop", #"{"stop":{"trial":2}}"#)]])
        #expect(run.answers == ["{\"ok\":1}\n"])
        #expect(run.reason == .trialsDone)
        #expect(run.loop.state.trials[1].outcome == .stopped)
        #expect(run.loop.state.trials.count == 6)
    }

    @Test func theStudyIsStopped() throws {
        let run = try run(
            study(trials: 9, slots: 2), requests: [3: [("stop", #"{"stop":"study"}"#)]])
        #expect(run.answers == ["{\"ok\":1}\n"])
        #expect(run.reason == .stopped)
        #expect(run.loop.state.trials.count < 9)
        #expect(run.loop.state.reportCount > 0)
    }

    @Test func aConfigurationIsTriedNext() throws {
        let run = try run(
            study(trials: 5, slots: 1), requests: [1: [("add", #"{"add":{"x":0.125}}"#)]])
        #expect(run.answers == ["{\"ok\":1}\n"])
        let trial = try #require(run.loop.state.trial(2))
        #expect(trial.origin == .added && trial.configuration.values == [.real(0.125)])
    }

    @Test func itSaysWhereItStands() throws {
        let run = try run(
            study(trials: 3, slots: 1), requests: [2: [("study", #"{"study":1,"id":7}"#)]])
        #expect(run.answers == ["{\"ok\":1,\"trials\":2,\"id\":7}\n"])
    }

    @Test(arguments: [
        ("stop", #"{"stop":1}"#, #"stop: expected \"study\" or {\"trial\":7}, got 1"#),
        ("stop", #"{"stop":{"trial":9}}"#, "stop: expected a trial from 1 to 2, got 9"),
        (
            "stop", #"{"stop":{"trial":1}}"#,
            "stop: expected a trial that runs or waits, got 1, which is completed"
        ),
        ("add", #"{"add":{"y":1}}"#, "y"),
        ("ask", #"{"ask":1}"#, "the run gives no trials to clients; mohpo-lua serve does"),
    ]) func mistakesAreNamed(verb: String, line: String, error: String) throws {
        let run = try run(study(trials: 3, slots: 1), requests: [2: [(verb, line)]])
        #expect(run.answers.count == 1 && run.answers[0].contains(error), "\(run.answers)")
        #expect(run.reason == .trialsDone)
    }

    @Test func noMoreAreAddedThanMayStart() throws {
        let line = #"{"add":{"x":0.5}}"#
        let run = try run(
            study(trials: 3, slots: 1),
            requests: [1: [("add", line), ("add", #"{"add":{"x":0.25}}"#), ("add", line)]])
        #expect(run.answers.count == 3)
        #expect(run.answers[2].contains("add: num_trials is 3"))
    }
}
