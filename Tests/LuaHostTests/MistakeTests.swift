import LuaHost
import Testing

/// Mistakes that a script makes easily, and what it is told.
@Suite struct MistakeTests {
    /// What a script is told that does `code` after a short study; "none" where it is told nothing.
    private func failure(_ code: String) async -> String {
        let run = await ScriptRun.of(
            experiment("reporter { epoch = 1, loss = 1 }", maxT: 1, trials: 1) + code)
        return run.failure?.message ?? "none"
    }

    @Test(arguments: [
        ("ag.int(1, 2)", "ag.int: there is no such name; did you mean Int?"),
        (
            "nn.MLPClasifier {}",
            "nn.MLPClasifier: there is no such name; did you mean MLPClassifier?"
        ),
        ("data.cvs 'x'", "data.cvs: there is no such name; did you mean csv?"),
        ("return ag[1]", "ag[1]: there is no such name; there are Bool, Categorical"),
        ("study:kne()", "Study.kne: there is no such name; did you mean knee?"),
        ("return study.trails", "Study.trails: there is no such name; did you mean trials?"),
        ("return experiment.spcae", "Experiment.spcae: there is no such name; did you mean space?"),
        ("return ag.Int(1, 2).lo", "ag.Parameter.lo: there is no such name"),
        (
            "return data.table({ { 1 } }, { 1 }).rows",
            "Dataset.rows: there is no such name; there are"
        ),
        ("nn.MLPRegressor():fti()", "MLPRegressor.fti: there is no such name; did you mean fit?"),
    ])
    func anUnknownNameIsMatchedWithTheNearest(code: String, message: String) async {
        let got = await failure(code)
        #expect(got.contains(message), "\(got)")
        #expect(got.hasPrefix("script.lua:"))
    }

    @Test(arguments: [
        (
            "{ epoch = 1, los = 1 }",
            "reporter: loss: expected a number, got nothing (trial 1); is los meant?"
        ),
        ("{ epochs = 1, loss = 1 }", "got nothing (trial 1); is epochs meant?"),
        (
            "{ epoch = 1, other = 1 }",
            "reporter: loss: expected a number, got nothing (trial 1); you gave other\n"
        ),
        (
            "{ epoch = 1, los = 1, loss = 'x' }",
            "reporter: loss: expected a number, got a string (trial 1)\n"
        ),
    ])
    func aMisspeltMetricIsMatchedWithTheObjective(report: String, message: String) async {
        let run = await ScriptRun.of(
            experiment("reporter \(report)", trials: 1) + "out(study.trials[1].error)")
        #expect(run.lines.first?.contains(message) == true, "\(run.lines)")
    }

    @Test func theSameMistakeIsToldOnce() async {
        let train = """
            if args.x > 0.5 then error "high" end
            reporter { epoch = 1 }
            """
        let run = await ScriptRun.of(experiment(train, trials: 20) + "out(#study)")
        #expect(run.lines == ["20"])
        #expect(run.messages.count { $0.contains("high") } == 2)
        #expect(run.messages.count { $0.contains("loss: expected a number") } == 2)
        #expect(run.messages.last?.contains(" more trials failed as trial ") == true)
    }

    /// The value that was got differs in every trial; what is shown is the first.
    @Test func theSameMistakeWithAnotherValueIsToldOnce() async {
        let train = """
            nn.MLPClassifier { learning_rate_init = -1 - args.x }
            """
        let run = await ScriptRun.of(experiment(train, trials: 9))
        let told = run.messages.filter { $0.contains("learning_rate_init") }
        #expect(told.count == 2, "\(run.messages)")
        #expect(told.first?.contains(", got -1.5") == true, "\(told)")
        #expect(told.last?.contains("8 more trials failed as trial 1 did: ") == true, "\(told)")
        #expect(told.last?.contains(", got -1.5") == true, "\(told)")
    }

    @Test(arguments: [
        ("ag.Int(2.5, 64)", "ag.Int: lo: expected an integer, got 2.5"),
        ("ag.Int(2, 64.5)", "ag.Int: hi: expected an integer, got 64.5"),
        ("ag.Int(2, 1/0)", "ag.Int: hi: expected an integer, got inf"),
        ("ag.Int('2', 3)", "ag.Int: lo: expected a number, got \"2\""),
        ("ag.Int(1, 9, { step = 1.5 })", "ag.Int: step: expected an integer, got 1.5"),
        (
            "ag.experiment { space = {}, objectives = { loss = 'MIN' }, train = print, "
                + "scheduler = ag.hyperband { max_t = 1 }, num_trials = 40.5 }",
            "num_trials: expected an integer of at least 1, got 40.5"
        ),
        ("ag.hyperband { max_t = 'x' }", "max_t: expected an integer of at least 1, got \"x\""),
    ])
    func whatIsNoIntegerIsNamed(code: String, message: String) async {
        let got = await failure(code)
        #expect(got.contains(message), "\(got)")
    }

    @Test(arguments: [
        (
            "{ MAX = 'accuracy' }",
            "objectives: MAX: expected \"MAX\" or \"MIN\", got \"accuracy\"; "
                + "is it the other way round, accuracy = \"MAX\"?"
        ),
        ("{ { 'MIN', 'loss' } }", "; is it the other way round, loss = \"MIN\"?"),
        ("{ MAX = 3 }", "objectives: MAX: expected \"MAX\" or \"MIN\", got 3"),
        ("{ loss = 'low' }", "objectives: loss: expected \"MAX\" or \"MIN\", got \"low\""),
    ])
    func anObjectiveTheOtherWayRound(objectives: String, message: String) async {
        let got = await failure("ag.pareto_front({}, \(objectives))")
        #expect(got.hasSuffix(message), "\(got)")
    }

    @Test(arguments: [
        ("set:split(70)", "split: fraction: expected a number between 0 and 1, got 70.0"),
        ("set:split(0.01)", "split: fraction: expected a share that leaves rows in both parts"),
        (
            "nn.MLPRegressor():fit(set)",
            "expected a data set with numbers to predict (regression = true), got one with classes"
        ),
    ])
    func aDataSetUsedWrongly(code: String, message: String) async {
        let got = await failure("local set = data.table({ { 1 }, { 2 } }, { 1, 2 }) " + code)
        #expect(got.contains(message), "\(got)")
    }
}
