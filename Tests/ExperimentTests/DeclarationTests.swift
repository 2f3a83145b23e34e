import Experiment
import Testing

/// Mistakes in a declaration, numbered as in the list of hostile scripts. Each must be named with
/// the script's line and the field.
@Suite struct DeclarationTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let row: Int
        let script: String
        let message: String
        var testDescription: String { "row \(row): \(script)" }

        init(_ row: Int, _ script: String, _ message: String) {
            (self.row, self.script, self.message) = (row, script, message)
        }
    }

    private static func declared(_ change: String) -> String {
        """
        local ag = require "mohpo"
        local t = { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 9 }, num_trials = 1, train = function() end }
        \(change)
        ag.experiment(t)
        """
    }

    static let mistakes: [Mistake] = [
        // Options
        .init(21, "t.space.self = t.space", "script.lua:5: ag.experiment: space: self."),
        .init(
            22, "local d = t.space; for i = 1, 100000 do d.d = {}; d = d.d end",
            "tables nested more than 32 deep"),
        .init(
            26, "t.num_trials = 3.5",
            "script.lua:5: ag.experiment: num_trials: number has no integer representation: 3.5"),
        .init(27, "t.space['a\\0b'] = 1", "space: expected names as keys, found \"a\0b\""),
        .init(27, "t.space['\\xff'] = 1", "space: expected names as keys"),
        .init(28, "t.scheduler = nil; t.space = { x = { 1, nil, 3 } }", "array without holes"),
        .init(
            29, "setmetatable(t, { __index = function() error('no') end })",
            "ag.experiment: expected a plain table, got one with a metatable"),
        .init(
            40, "t.train = nil",
            "ag.experiment: train: expected a function of (args, reporter), got nil"),
        .init(40, "t.train = 'x'", "train: expected a function of (args, reporter), got \"x\""),
        .init(
            43, "t.num_trails = 3",
            "script.lua:5: ag.experiment: num_trails: unknown option; did you mean num_trials?"),
        .init(43, "t.zzzzzz = 3", "zzzzzz: unknown option; known are name, space, objectives"),
        .init(
            43, "ag.hyperband { reduction_facto = 3 }",
            "script.lua:4: ag.hyperband: reduction_facto: unknown option; "
                + "did you mean reduction_factor?"),
        .init(43, "ag.Int(1, 2, { lgo = true })", "ag.Int: lgo: unknown option; did you mean log?"),
        .init(43, "t.scalarization_options = { algoritm = 'parego' }", "did you mean algorithm?"),
        .init(
            43, "t.scalarization_options = { algorithm = 'paregoo' }",
            "scalarization_options: algorithm: expected one of \"random_weights\", \"parego\", "
                + "\"nondominated\", got \"paregoo\""),
        .init(
            43, "t.scalarization_options = { num_weights = 0 }",
            "scalarization_options: num_weights: expected an integer of at least 1, got 0"),
        .init(43, "t.num_trials = nil", "num_trials: expected a number of trials, or a time_out"),
        .init(
            43, "t.stop = { no_gain = 0 }",
            "ag.experiment: stop: no_gain: expected an integer of at least 1, got 0"),
        .init(43, "t.stop = {}", "stop: no_gain: expected a number of trials, got nil"),
        .init(43, "t.stop = { nogain = 3 }", "stop: nogain: unknown option; did you mean no_gain?"),
        .init(43, "t.stop = 3", "ag.experiment: stop: expected a table of options, got integer"),
        .init(43, "t.time_out = -1", "time_out: expected a number above 0, got -1"),
        .init(
            43, "t.parallel_trials = 0", "parallel_trials: expected an integer of at least 1, got 0"
        ),
        .init(43, "t.seed = 'x'", "seed: expected an integer, got \"x\""),
        .init(43, "t.searcher = 'bayes'", "searcher: expected one of \"random\", got \"bayes\""),
        .init(43, "t.scheduler = {}", "scheduler: expected ag.hyperband { … }, got a table"),
        .init(
            43, "t.scheduler = nil",
            "scheduler.max_t: expected an integer of at least 1, or a "
                + "constant epochs in the space, got nil"),
        .init(
            43, "ag.hyperband { max_t = 0 }",
            "ag.hyperband: max_t: expected an integer of at least 1"),
        .init(
            43, "ag.hyperband { max_t = 9, grace_period = 10 }",
            "ag.hyperband: grace_period: expected at most max_t (9), got 10"),
        .init(
            43, "ag.hyperband { max_t = 9, rung_levels = { 3, 1 } }",
            "rung_levels: expected increasing positive integers"),
        .init(
            43, "ag.hyperband { type = 'stoping' }",
            "type: expected one of \"stopping\", \"promotion\", got \"stoping\""),
        .init(43, "ag.experiment(3)", "ag.experiment: expected a table of options, got integer"),
        // Spaces
        .init(44, "ag.Int(5, 1)", "script.lua:4: ag.Int: expected lo <= hi, got lo = 5, hi = 1"),
        .init(
            44, "ag.Real(0, 1, { log = true })", "ag.Real: expected lo > 0 with log, got lo = 0.0"),
        .init(44, "ag.Int(0, 3, { log = true })", "ag.Int: expected lo > 0 with log, got lo = 0"),
        .init(44, "ag.Int(1.5, 2)", "ag.Int: number has no integer representation: 1.5"),
        .init(44, "ag.Int(1)", "ag.Int: hi: expected a number, got nil"),
        .init(
            44, "ag.Int(1, 2, { default = 7 })", "ag.Int: expected a default in Int(1, 2), got 7"),
        .init(44, "ag.Real(0, 1/0)", "ag.Real: expected finite lo <= hi"),
        .init(44, "ag.Categorical()", "ag.Categorical: expected at least one choice, got none"),
        .init(44, "ag.Categorical {}", "ag.Categorical: expected at least one choice, got none"),
        .init(44, "ag.Categorical('a', 'a')", "ag.Categorical: expected different choices"),
        .init(44, "ag.Choice {}", "ag.Choice: expected at least one branch"),
        .init(44, "ag.Choice { adam = 1 }", "ag.Choice: adam: expected a table of parameters"),
        .init(
            44, "t.space = { ['a.b'] = ag.Bool(), a = { b = ag.Bool() } }",
            "a.b: expected one parameter of this name, got two"),
        // Objectives
        .init(
            45, "t.objectives = { loss = 'max' }",
            "objectives: loss: expected \"MAX\" or \"MIN\", got \"max\""),
        .init(
            45, "t.objectives = { loss = 'Maximize' }",
            "expected \"MAX\" or \"MIN\", got \"Maximize\""),
        .init(
            45, "t.objectives = {}",
            "objectives: expected at least one, each \"MAX\" or \"MIN\", got none"),
        .init(45, "t.objectives = nil", "objectives: expected a table such as"),
        .init(
            45, "t.objectives = { { 'loss', 'MIN' }, { 'loss', 'MAX' } }",
            "objectives: expected different names, got loss twice"),
        .init(
            45, "t.objectives = { 'loss' }",
            "objectives[1]: expected { \"name\", \"MAX\" }, got \"loss\""),
        .init(45, "t.objectives = { trial = 'MIN' }", "a point has a field of this name"),
        .init(
            45, "t.objectives = { epoch = 'MIN' }",
            "objectives: expected other names than time_attr's, got epoch"),
        .init(
            45, "t.objectives = { loss = { 'MIN', tolerance = 2 } }", "loss: tolerance: expected"),
        .init(
            43, "t.objectives = { loss = { 'MIN', tolerence = 0.1 } }",
            "objectives: loss: tolerence: unknown option; did you mean tolerance?"),
        .init(
            43, "t.scalarization_options = { algorithm = 'nondominated', num_weights = 7 }",
            "scalarization_options: num_weights: \"nondominated\" has none"),
        .init(
            43, "ag.hyperband { time_attr = 'trial' }",
            "ag.hyperband: time_attr: trial: a point has a field of this name"),
        // Networks
        .init(
            43, "require 'mohpo.nn'.MLPClassifier { alhpa = 1 }",
            "nn.MLPClassifier: alhpa: unknown option; did you mean alpha?"),
        .init(
            47, "require 'mohpo.nn'.MLPClassifier { hidden_layer_sizes = { 0 } }",
            "nn.MLPClassifier: hidden_layer_sizes: expected"),
        .init(
            47, "require 'mohpo.nn'.MLPClassifier { hidden_layer_sizes = { -1 } }",
            "hidden_layer_sizes: expected"),
        .init(
            47, "require 'mohpo.nn'.MLPClassifier { activation = 'rleu' }",
            "activation: expected one of \"identity\", \"logistic\", \"tanh\", \"relu\", got \"rleu\""
        ),
        // Data
        .init(46, "require 'mohpo.data'.load 'mnits'", "mnits"),
        .init(46, "require 'mohpo.data'.table({}, {})", "expected at least one row"),
        .init(
            46, "require 'mohpo.data'.table({ { 1 } }, { 1, 2 })",
            "expected one label for each of the 1 rows, got 2"),
        .init(
            46, "require 'mohpo.data'.table({ { 1 }, { 'x' } }, { 1, 2 })",
            "data.table: features[2][1]: expected a number, got \"x\""),
        .init(46, "require 'mohpo.data'.csv('nowhere.csv', { label = 'y' })", "nowhere.csv"),
        .init(
            46, "require 'mohpo.data'.csv('nowhere.csv', {})", "data.csv: label: expected the name"),
        .init(46, "require 'mohpo.data'.idx { images = 'nowhere', labels = 'nowhere' }", "nowhere"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsNamedWithItsLine(mistake: Mistake) async {
        let run = await ScriptRun.of(Self.declared(mistake.script))
        let message = run.failure?.message ?? "no error"
        #expect(message.contains(mistake.message), "\(message)")
        #expect(message.hasPrefix("script.lua:"), "\(message)")
        #expect(!message.contains("\n"))
    }

    @Test func nothingIsWrongWithTheDeclarationTheMistakesAreMadeIn() async {
        let run = await ScriptRun.of(Self.declared("out 'fine'"))
        #expect(run.failure == nil)
        #expect(run.lines == ["fine"])
    }

    @Test(arguments: [
        ("local x =", "script.lua:1: unexpected symbol near <eof>"),
        ("\u{1B}Lua", "script.lua: attempt to load a binary chunk (mode is 't')"),
    ])
    func aScriptThatCannotBeCompiledIsNamed(script: String, message: String) async {
        #expect(await ScriptRun.of(script).failure?.message == message)
    }
}
