import LuaHost
import Testing

/// `constraints` and `initial` from a script.
@Suite struct ConstraintAndGivenTests {
    private static func script(_ options: String, after: String = "") -> String {
        """
        local ag = require "mohpo"
        local experiment = ag.experiment {
          name = "given", num_trials = 12, parallel_trials = 1, seed = 3,
          space = {
            x = ag.Real(0, 1), n = ag.Int(1, 9, { default = 4 }), epochs = 2,
            act = ag.Categorical("relu", "tanh"), layers = { ag.Int(1, 3), ag.Int(4, 6) },
            opt = ag.Choice { adam = { beta = ag.Real(0, 1) }, sgd = { rate = ag.Real(0, 1) } },
          },
          objectives = { loss = "MIN", size = "MIN" },
          \(options),
          train = function(args, reporter)
            for epoch = 1, args.epochs do
              reporter { epoch = epoch, loss = args.x, size = args.n, recall = 1 - args.x }
            end
          end,
        }
        \(after)
        """
    }

    @Test func onlyFeasibleReportsAreOnTheFront() async throws {
        let run = await ScriptRun.of(
            Self.script(
                "constraints = { size = { max = 6 }, recall = { min = 0.3 } }",
                after: """
                    local study = experiment:run()
                    local feasible, infeasible = 0, 0
                    for _, reports in ipairs(study.history) do
                      for _, report in ipairs(reports) do
                        local holds = report.size <= 6 and report.recall >= 0.3
                        assert(report.feasible == holds)
                        if holds then feasible = feasible + 1 else infeasible = infeasible + 1 end
                      end
                    end
                    assert(feasible > 0 and infeasible > 0)
                    for _, point in ipairs(study:pareto_front()) do assert(point.feasible) end
                    assert(study:best("loss").feasible and study:knee().feasible)
                    out "fine"
                    """))
        #expect(run.failure == nil)
        #expect(run.lines == ["fine"])
        #expect(run.studies.first?.contains("\"feasible\": false") == true)
    }

    @Test func whereNoReportIsFeasibleAWarningSaysWhichConstraintFails() async {
        let run = await ScriptRun.of(
            Self.script("constraints = { size = { max = 0 } }", after: "experiment:run()"))
        #expect(
            run.messages.contains {
                $0.contains("no report kept the constraint") && $0.contains("size at most 0")
            })
    }

    @Test func givenConfigurationsAreTriedFirst() async {
        let run = await ScriptRun.of(
            Self.script(
                """
                initial = {
                  { x = 0.25, n = 2.0, act = "tanh", layers = { [2] = 5 } },
                  { x = 1, epochs = 2, opt = "sgd" },
                  { opt = { name = "sgd", rate = 0.125 } },
                }
                """,
                after: """
                    local study = experiment:run()
                    for id = 1, 4 do
                      local a = study.trials[id].args
                      out(a.x, a.n, a.act, a.layers[1], a.layers[2], a.opt.name, a.opt.rate or a.opt.beta)
                    end
                    """))
        #expect(run.failure == nil)
        #expect(
            run.lines.prefix(3) == [
                "0.25 2 tanh 2 5 adam 0.5", "1.0 4 relu 2 5 sgd 0.5", "0.5 4 relu 2 5 sgd 0.125",
            ])
    }

    @Test func theDefaultsStayFirstWhereThatIsSaid() async {
        let run = await ScriptRun.of(
            Self.script(
                "initial = { { x = 0.25 } }, first_is_default = true",
                after: """
                    local trials = experiment:run().trials
                    out(trials[1].args.x, trials[2].args.x)
                    """))
        #expect(run.lines == ["0.5 0.25"])
    }

    @Test(arguments: [
        ("constraints = { size = 3 }", "constraints: size: expected { max = … } or { min = … }"),
        ("constraints = { size = {} }", "constraints: size: expected min or max, got neither"),
        ("constraints = { size = { maximum = 3 } }", "constraints: size: maximum: unknown bound"),
        (
            "constraints = { size = { min = 4, max = 3 } }",
            "constraints: size: expected min of at most max, got 4.0 and 3.0"
        ),
        ("constraints = { size = { max = 0/0 } }", "constraints: size: expected a finite number"),
        (
            "constraints = { epoch = { max = 1 } }",
            "constraints: expected other names than time_attr"
        ),
        ("constraints = { trial = { max = 1 } }", "constraints: trial: a point has a field"),
        ("constraints = 3", "constraints: expected a table such as"),
        ("initial = { { depth = 1 } }", "initial[1]: depth: unknown parameter; known are"),
        ("initial = { { actt = 1 } }", "initial[1]: actt: unknown parameter; did you mean act?"),
        ("initial = { {}, { x = 2 } }", "initial[2].x: expected a value of"),
        ("initial = { { n = 1.5 } }", "initial[1].n: expected a value of"),
        ("initial = { { n = 'a' } }", "initial[1].n: expected a value of"),
        ("initial = { { act = 'rleu' } }", "initial[1].act: expected a value of"),
        ("initial = { { epochs = 3 } }", "initial[1]: epochs: expected nothing but its value 2"),
        ("initial = { { layers = { 1, 4, 5 } } }", "initial[1]: layers: expected the keys 1 to 2"),
        (
            "initial = { { opt = 'adma' } }",
            "initial[1]: opt: expected one of adam, sgd, got \"adma\"; did you mean adam?"
        ),
        (
            "initial = { { opt = { name = 'sgd', beta = 1 } } }",
            "initial[1]: opt: beta: unknown parameter"
        ),
        ("initial = { 3 }", "initial[1]: expected a table, got 3"),
        ("initial = { x = 1 }", "initial: expected an array without holes, found the key"),
        ("initial = { {}, {} }", "initial[2]: expected different configurations"),
    ])
    func mistakesAreNamed(options: String, message: String) async throws {
        let run = await ScriptRun.of(Self.script(options))
        let failure = try #require(run.failure)
        #expect(failure.message.contains("ag.experiment: \(message)"), "\(failure.message)")
    }
}
