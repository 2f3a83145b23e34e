import LuaHost
import Testing

/// `prior` among the options of a number.
@Suite struct PriorDeclarationTests {
    @Test(arguments: [
        ("ag.Real(0, 1, { prior = { 0.25 } })", "ag.Real(0.0, 1.0, prior 0.25 (medium))"),
        (
            "ag.Real(1e-6, 1, { log = true, prior = { 1e-3, confidence = 'high' } })",
            "ag.Real(1e-06, 1.0, log, prior 0.001 (high))"
        ),
        ("ag.Int(1, 9, { prior = { 3, confidence = 'low' } })", "ag.Int(1, 9, prior 3.0 (low))"),
    ])
    func isRead(expression: String, text: String) async {
        let run = await ScriptRun.of("local ag = require 'mohpo' out(tostring(\(expression)))")
        #expect(run.failure == nil)
        #expect(run.lines == [text])
    }

    @Test(arguments: [
        ("0.5", "ag.Real: prior: expected { value, confidence ="),
        ("{}", "ag.Real: prior: expected { value, confidence ="),
        ("{ 'x' }", "ag.Real: prior[1]: expected a number, got \"x\""),
        (
            "{ 0.5, confidence = 'sure' }",
            "confidence: expected one of \"low\", \"medium\", \"high\""
        ),
        ("{ 0.5, confidense = 'low' }", "confidense: unknown option; did you mean confidence?"),
        ("{ 0.5, 0.6 }", "found the key 2"),
        ("{ 2 }", "ag.Real: expected a prior from 0.0 to 1.0, got 2.0"),
        ("{ 0/0 }", "ag.Real: expected a prior from 0.0 to 1.0, got "),
    ])
    func whatIsWrongIsNamed(prior: String, message: String) async {
        let run = await ScriptRun.of(
            "local ag = require 'mohpo' ag.Real(0, 1, { prior = \(prior) })")
        #expect(run.failure?.message.contains(message) == true, "\(run.failure?.message ?? "")")
    }

    @Test func theFirstTrialHasItsValue() async {
        let run = await ScriptRun.of(
            """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = { x = ag.Real(0, 1, { prior = { 0.25 } }) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 1 }, num_trials = 2,
              train = function(args, reporter) reporter { epoch = 1, loss = args.x } end,
            }:run()
            out(study.trials[1].args.x)
            """)
        #expect(run.failure == nil)
        #expect(run.lines == ["0.25"])
    }
}
