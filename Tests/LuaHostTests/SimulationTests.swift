import Foundation
import LuaHost
import Settings
import Testing

/// `ag.simulate`: experiments on the clock of what their trials report as `elapsed`.
@Suite struct SimulationTests {
    /// An experiment that is simulated, not run.
    private func simulated(
        _ train: String, fields: String = "", maxT: Int = 9, trials: Int = 3
    ) -> String {
        experiment(train, fields: fields, maxT: maxT, trials: trials)
            .replacing("experiment:run()", with: "ag.simulate(experiment)")
    }

    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of(script)
        return run.lines + [run.failure?.message].compactMap { $0 }
    }

    /// Two slots, no rungs, two reports a trial; a trial's epoch takes as many seconds as its
    /// number. By hand: 1 runs to 2 and 2 to 4; 3 starts at 2 and 4 at 4. 3 ends at 8, 4 at 12.
    @Test func timeIsWhatTheTrialsSay() async {
        let train = """
            number = (number or 0) + 1
            local mine = number
            for e = 1, 2 do reporter { epoch = e, loss = 100 - 10 * mine - e, elapsed = e * mine } end
            """
        let script =
            simulated(
                train, fields: "parallel_trials = 2, order = 'arrival',", maxT: 2, trials: 4
            ).replacing("max_t = 2", with: "max_t = 2, grace_period = 2")
            + "for _, s in ipairs(study:hypervolume_history()) do out(s.trial, s.resource, s.time) end"
            + " out(study.seconds, study.history[4][2].elapsed)"
        #expect(
            await lines(script) == [
                "1 1 1.0", "1 2 2.0", "2 1 2.0", "2 2 4.0", "3 1 5.0", "3 2 8.0", "4 1 8.0",
                "4 2 12.0", "12.0 8",
            ])
    }

    /// A trial that waits at a rung for a slower one loses that time.
    @Test func waitingAtARungTakesTime() async {
        let train = """
            number = (number or 0) + 1
            local number = number
            local pace = number == 1 and 10 or 1
            for e = 1, number == 2 and 3 or 1 do
              reporter { epoch = e, loss = pace, elapsed = e * pace }
            end
            """
        let script = { (order: String) in
            simulated(
                train, fields: "parallel_trials = 2, order = '\(order)',", maxT: 3, trials: 2
            ) + "out(study.seconds, #study.history[2])"
        }
        // Trial 2 is at the rung at 1 and, in the order of arrival, done at 3, trial 1 at 10. In
        // virtual order it continues when trial 1 has come to the rung, at 10, and is done at 12.
        #expect(await lines(script("arrival")) == ["10.0 3"])
        #expect(await lines(script("virtual")) == ["12.0 3"])
    }

    /// A trial that fails at its third report, one second a report, begins again at 2: from its checkpoint
    /// it ends at 4, without one at 6.
    @Test(arguments: [(true, "4.0"), (false, "6.0")])
    func aRetryCountsFromItsCheckpoint(keeps: Bool, end: String) async {
        let train = """
            local kept = reporter:restore() or { epoch = 0 }
            for e = kept.epoch + 1, 4 do
              if e == 3 and not failed then failed = true; error("once") end
              reporter { epoch = e, loss = 1, elapsed = e }
              if \(keeps) then reporter:checkpoint { epoch = e } end
            end
            """
        let script =
            simulated(train, fields: "retries = 1, parallel_trials = 1,", maxT: 4, trials: 1)
            + "out(study.trials[1].state, #study.history[1], study.seconds)"
        #expect(await lines(script) == ["completed 4 \(end)"])
    }

    @Test func aTimeOutCountsSimulatedSeconds() async {
        let train = "for e = 1, 9 do reporter { epoch = e, loss = 1, elapsed = e * 1000 } end"
        let script =
            simulated(train, fields: "time_out = 5500, parallel_trials = 1,")
            + "out(#study.history[1], study.trials[1].state, #study.trials, study.seconds)"
        #expect(await lines(script) == ["5 stopped 1 6000.0"])
    }

    @Test func aTrialTimeOutCountsSimulatedSeconds() async {
        let train = "for e = 1, 9 do reporter { epoch = e, loss = 1, elapsed = e * 1000 } end"
        let script =
            simulated(train, fields: "trial_time_out = 4500,")
            + "for _, t in ipairs(study.trials) do out(t.state, #t.reports, t.error:match('[^\\n]*')) end"
        let lines = await lines(script)
        #expect(lines.count == 3)
        #expect(
            lines.first == "failed 4 script.lua:10: trial_time_out: trial 1 has computed for more "
                + "than 4500.0 seconds")
    }

    @Test(arguments: [
        (
            "reporter { epoch = 1, loss = 1 }",
            "script.lua:10: reporter: elapsed: expected the seconds since the trial's start, at "
                + "least 0.0, got nothing (trial 1)"
        ),
        (
            "reporter { epoch = 1, loss = 1, elapsed = 5 } reporter { epoch = 2, loss = 1, elapsed = 4 }",
            "script.lua:10: reporter: elapsed: expected the seconds since the trial's start, at "
                + "least 5.0, got 4 (trial 1)"
        ),
        (
            "reporter { epoch = 1, loss = 1, elapsed = 0/0 }",
            "script.lua:10: reporter: elapsed: expected the seconds since the trial's start, at "
                + "least 0.0, got nan (trial 1)"
        ),
        (
            "reporter { epoch = 1, elapsed = 1 }",
            "script.lua:10: reporter: loss: expected a number, got nothing (trial 1)"
        ),
        (
            "table.sort({ 1, 2 }, function() reporter { epoch = 1, loss = 1, elapsed = 1 } end)",
            "script.lua:10: reporter: trial 1 cannot wait here; call the reporter from train "
                + "or from a coroutine, not from a comparator, a callback of a C function or a "
                + "file that require loads"
        ),
    ])
    func aWrongReportIsNamed(train: String, message: String) async {
        let script =
            simulated(train, trials: 1)
            + "out(study.trials[1].state) out((study.trials[1].error:match('[^\\n]*')))"
        let lines = await lines(script)
        #expect(lines.first == "failed")
        #expect(
            lines.last == message
                || lines.last
                    == message.replacing("script.lua:10: ", with: "script.lua:10: script.lua:10: ")
        )
    }

    @Test func onlyExperimentsAreSimulated() async {
        #expect(
            await lines("require 'mohpo'.simulate {}") == [
                "script.lua:1: ag.simulate: expected an experiment (ag.experiment { … }), got a table"
            ])
    }

    /// The clock decides nothing in virtual order: a simulation is the search of the run.
    @Test(arguments: ["stopping", "promotion", "model"])
    func aSimulationIsTheSameSearch(type: String) async {
        let train = """
            for e = 1, 9 do
              reporter { epoch = e, loss = (args.x - 0.3) ^ 2 + 1 / e, elapsed = e * math.random() + 9 * e }
            end
            """
        let fields = "scheduler = ag.hyperband { max_t = 9, type = '\(type)' },"
        let run = experiment(train, trials: 40)
            .replacing(
                "scheduler = ag.hyperband { max_t = 9, type = \"stopping\" },", with: fields)
        let real = await ScriptRun.of(run)
        let simulated = await ScriptRun.of(
            run.replacing("experiment:run()", with: "ag.simulate(experiment)"))
        #expect(real.failure == nil && real.studies[0].contains("\"elapsed\""))
        #expect(simulated.studies == real.studies)
    }
}

/// The example scripts on known functions find what is known.
@Suite struct KnownFrontTests {
    /// Runs a script of `scripts` and gives its study.
    private func study(_ name: String, _ argument: String, trials: Int? = nil) async throws
        -> [String: Any]
    {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../scripts/\(name).lua").standardized
        let source = try String(contentsOf: path, encoding: .utf8)
        let body = source.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        var settings = RunSettings()
        settings.overrides["trials"] = trials.map { .integer($0) }
        let run = await ScriptRun.of(
            "arg = { '\(argument)' }; print = function() end\n" + body.joined(separator: "\n"),
            settings: settings)
        #expect(run.failure == nil)
        let json = try JSONSerialization.jsonObject(with: Data(run.studies[0].utf8))
        return try #require(json as? [String: Any])
    }

    private func front(_ study: [String: Any], _ names: [String]) throws -> [[Double]] {
        let points = try #require(study["pareto_front"] as? [[String: Any]])
        return try points.map { point in
            try names.map { try #require((point[$0] as? NSNumber)?.doubleValue) }
        }
    }

    /// How far the nearest point of the front is above each of many points of the known one.
    private func gap(_ front: [[Double]], _ known: [[Double]]) -> Double {
        let gaps = known.map { target in
            front.map { max($0[0] - target[0], $0[1] - target[1]) }.min() ?? .infinity
        }
        return gaps.reduce(0, +) / Double(gaps.count)
    }

    @Test(arguments: 1...3)
    func zdt(problem: Int) async throws {
        let shape = { (x: Double) in
            switch problem {
            case 1: 1 - x.squareRoot()
            case 2: 1 - x * x
            default: 1 - x.squareRoot() - x * sin(10 * .pi * x)
            }
        }
        let study = try await study("zdt", "\(problem)")
        #expect((study["trials"] as? [Any])?.count == 1000)
        let found = try front(study, ["f1", "f2"])
        let known = (0...500).map { [Double($0) / 500, shape(Double($0) / 500)] }
        // Nothing is better than the known front …
        for point in found { #expect(point[1] >= shape(point[0]) - 1e-9) }
        // … and the front found is near it, nearer than what a tenth of the trials finds.
        #expect(gap(found, known) < 0.06)
        let small = try front(await self.study("zdt", "\(problem)", trials: 100), ["f1", "f2"])
        #expect(gap(found, known) < gap(small, known) / 1.5)
    }

    @Test(arguments: ["stopping", "promotion"])
    func learningCurves(type: String) async throws {
        let study = try await study("learning_curves", type)
        let found = try front(study, ["error", "time"])
        // With the best rate, after 81 epochs, for every number of units.
        let known = (1...64).map { units in
            let floor = 0.02 + 0.4 / Double(units)
            return [floor + (0.9 - floor) * exp(-16.2), Double(units) / 1000]
        }
        for point in found {
            let units = (point[1] * 1000).rounded()
            #expect(point[0] >= known[Int(units) - 1][0] - 1e-9)
        }
        #expect(gap(found, known) < 0.01)
        #expect(found.contains { $0[1] == 0.001 && $0[0] < 0.421 })
    }
}
