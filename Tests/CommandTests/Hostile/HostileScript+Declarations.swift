/// Mistakes in a declaration: each is named with the script's line and the field.
extension HostileScript {
    static let declarationRows: [HostileScript] = [
        // Options
        .declaration(
            43, "t.num_trails = 3",
            "s.lua:5: ag.experiment: num_trails: unknown option; did you mean num_trials?"),
        .declaration(
            43, "t.zzzzzz = 3", "zzzzzz: unknown option; known are name, space, objectives"),
        .declaration(
            43, "ag.hyperband { reduction_facto = 3 }",
            "s.lua:4: ag.hyperband: reduction_facto: unknown option; "
                + "did you mean reduction_factor?"),
        .declaration(
            43, "ag.Int(1, 2, { lgo = true })", "ag.Int: lgo: unknown option; did you mean log?"),
        .declaration(
            43, "t.scalarization_options = { algoritm = 'parego' }", "did you mean algorithm?"),
        .declaration(
            43, "t.scalarization_options = { algorithm = 'paregoo' }",
            "scalarization_options: algorithm: expected one of \"random_weights\", \"parego\", "
                + "\"nondominated\", got \"paregoo\""),
        .declaration(
            43, "t.scalarization_options = { num_weights = 0 }",
            "scalarization_options: num_weights: expected an integer of at least 1, got 0"),
        .declaration(
            43, "t.num_trials = nil", "num_trials: expected a number of trials, or a time_out"),
        .declaration(
            43, "t.stop = { no_gain = 0 }",
            "ag.experiment: stop: no_gain: expected an integer of at least 1, got 0"),
        .declaration(43, "t.stop = {}", "stop: no_gain: expected a number of trials, got nil"),
        .declaration(
            43, "t.stop = { nogain = 3 }", "stop: nogain: unknown option; did you mean no_gain?"),
        .declaration(
            43, "t.stop = 3", "ag.experiment: stop: expected a table of options, got integer"),
        .declaration(43, "t.time_out = -1", "time_out: expected a number above 0, got -1"),
        .declaration(
            43, "t.parallel_trials = 0", "parallel_trials: expected an integer of at least 1, got 0"
        ),
        .declaration(43, "t.seed = 'x'", "seed: expected an integer, got \"x\""),
        .declaration(
            43, "t.searcher = 'bayes'",
            "searcher: expected one of \"random\", \"gp\", got \"bayes\""),
        .declaration(43, "t.scheduler = {}", "scheduler: expected ag.hyperband { … }, got a table"),
        .declaration(
            43, "t.scheduler = nil",
            "scheduler.max_t: expected an integer of at least 1, or a "
                + "constant epochs in the space, got nil"),
        .declaration(
            43, "ag.hyperband { max_t = 0 }",
            "ag.hyperband: max_t: expected an integer of at least 1"),
        .declaration(
            43, "ag.hyperband { max_t = 9, grace_period = 10 }",
            "ag.hyperband: grace_period: expected at most max_t (9), got 10"),
        .declaration(
            43, "ag.hyperband { max_t = 9, rung_levels = { 3, 1 } }",
            "rung_levels: expected increasing positive integers"),
        .declaration(
            43, "ag.hyperband { type = 'stoping' }",
            "type: expected one of \"stopping\", \"promotion\", \"model\", got \"stoping\""),
        .declaration(
            43, "ag.experiment(3)", "ag.experiment: expected a table of options, got integer"),
        // Spaces
        .declaration(44, "ag.Int(5, 1)", "s.lua:4: ag.Int: expected lo <= hi, got lo = 5, hi = 1"),
        .declaration(
            44, "ag.Real(0, 1, { log = true })", "ag.Real: expected lo > 0 with log, got lo = 0.0"),
        .declaration(
            44, "ag.Int(0, 3, { log = true })", "ag.Int: expected lo > 0 with log, got lo = 0"),
        .declaration(44, "ag.Int(1.5, 2)", "ag.Int: lo: expected an integer, got 1.5"),
        .declaration(44, "ag.Int(1)", "ag.Int: hi: expected a number, got nil"),
        .declaration(
            44, "ag.Int(1, 2, { default = 7 })", "ag.Int: expected a default in Int(1, 2), got 7"),
        .declaration(44, "ag.Real(0, 1/0)", "ag.Real: expected finite lo <= hi"),
        .declaration(
            44, "ag.Categorical()", "ag.Categorical: expected at least one choice, got none"),
        .declaration(
            44, "ag.Categorical {}", "ag.Categorical: expected at least one choice, got none"),
        .declaration(44, "ag.Categorical('a', 'a')", "ag.Categorical: expected different choices"),
        .declaration(44, "ag.Choice {}", "ag.Choice: expected at least one branch"),
        .declaration(
            44, "ag.Choice { adam = 1 }", "ag.Choice: adam: expected a table of parameters"),
        .declaration(
            44, "t.space = { ['a.b'] = ag.Bool(), a = { b = ag.Bool() } }",
            "a.b: expected one parameter of this name, got two"),
        // Objectives
        .declaration(
            45, "t.objectives = { loss = 'max' }",
            "objectives: loss: expected \"MAX\" or \"MIN\", got \"max\""),
        .declaration(
            45, "t.objectives = { loss = 'Maximize' }",
            "expected \"MAX\" or \"MIN\", got \"Maximize\""),
        .declaration(
            45, "t.objectives = {}",
            "objectives: expected at least one, each \"MAX\" or \"MIN\", got none"),
        .declaration(45, "t.objectives = nil", "objectives: expected a table such as"),
        .declaration(
            45, "t.objectives = { { 'loss', 'MIN' }, { 'loss', 'MAX' } }",
            "objectives: expected different names, got loss twice"),
        .declaration(
            45, "t.objectives = { 'loss' }",
            "objectives[1]: expected { \"name\", \"MAX\" }, got \"loss\""),
        .declaration(45, "t.objectives = { trial = 'MIN' }", "a point has a field of this name"),
        .declaration(
            45, "t.objectives = { epoch = 'MIN' }",
            "objectives: expected other names than time_attr's, got epoch"),
        .declaration(
            45, "t.objectives = { loss = { 'MIN', tolerance = 2 } }", "loss: tolerance: expected"),
        .declaration(
            43, "t.objectives = { loss = { 'MIN', tolerence = 0.1 } }",
            "objectives: loss: tolerence: unknown option; did you mean tolerance?"),
        .declaration(
            43, "t.scalarization_options = { algorithm = 'nondominated', num_weights = 7 }",
            "scalarization_options: num_weights: \"nondominated\" has none"),
        .declaration(
            43, "ag.hyperband { time_attr = 'trial' }",
            "ag.hyperband: time_attr: trial: a point has a field of this name"),
    ]
}
