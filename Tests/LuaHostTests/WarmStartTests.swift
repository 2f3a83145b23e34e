import Foundation
import LuaHost
import Testing

/// Studies that begin with what earlier ones have found.
@Suite struct WarmStartTests {
    /// `first` searches a wide space; what follows may begin with it.
    private static func script(_ rest: String) -> String {
        """
        local ag = require "mohpo"
        local function declare(options)
          options.objectives = options.objectives or { a = "MIN", b = "MIN" }
          options.scheduler = ag.hyperband { max_t = 1 }
          options.train = options.train or function(args, reporter)
            reporter { epoch = 1, a = args.x, b = (1 - args.x) ^ 2 }
          end
          return ag.experiment(options)
        end
        local first = declare {
          name = "first", space = { x = ag.Real(0, 1), old = ag.Int(1, 9) }, num_trials = 20,
        }:run()
        local x = {}
        for _, point in ipairs(first:pareto_front()) do x[point.args.x] = true end
        \(rest)
        """
    }

    @Test func theFrontOfAnEarlierStudyIsTriedFirst() async {
        let run = await ScriptRun.of(
            Self.script(
                """
                local second = declare {
                  space = { x = ag.Real(0, 1), new = ag.Int(1, 9) }, num_trials = 12,
                  warm_start = { first },
                }:run()
                local found = 0
                for i = 2, 9 do
                  if x[second.trials[i].args.x] then found = found + 1 end
                  assert(second.trials[i].args.new == 5)
                end
                out(found, second.trials[1].args.x, #second.history)
                """))
        #expect(run.failure == nil)
        #expect(run.lines == ["8 0.5 12"])
    }

    @Test func valuesBeyondTheNewRangeAreTakenForItsEnd() async {
        let run = await ScriptRun.of(
            Self.script(
                """
                local second = declare {
                  space = { x = ag.Real(0.4, 0.6) }, num_trials = 12, warm_start = { first },
                }:run()
                for i = 2, 4 do assert(second.trials[i].args.x >= 0.4) end
                out "fine"
                """))
        #expect(run.failure == nil)
        #expect(run.lines == ["fine"])
    }

    @Test func aStoredStudyIsReadAndAResumedOneNeedsItNoMore() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = RunSettings()
        settings.place = .file(folder.appending(path: "old.db").path)
        #expect(await ScriptRun.of(Self.script(""), settings: settings).failure == nil)
        let second = """
            local ag = require "mohpo"
            out(#ag.experiment {
              name = "second", space = { x = ag.Real(0, 1) }, objectives = { a = "MIN", b = "MIN" },
              scheduler = ag.hyperband { max_t = 1 }, num_trials = 12, WARM
              train = function(args, reporter) reporter { epoch = 1, a = args.x, b = -args.x } end,
            }:run().trials)
            """
        let warm = "warm_start = { [[\(folder.path)/old.db]] },"
        settings.place = .file(folder.appending(path: "new.db").path)
        let new = await ScriptRun.of(second.replacing("WARM", with: warm), settings: settings)
        #expect(new.failure == nil && new.lines == ["12"])
        settings.resumes = true
        let resumed = await ScriptRun.of(second.replacing("WARM", with: ""), settings: settings)
        #expect(resumed.failure == nil)
        #expect(resumed.studies == new.studies)
    }

    /// Beside the front's configurations a model has the reports; a rule that stops trials has not.
    @Test(arguments: [("model", true), ("stopping", false)])
    func aModelLearnsFromTheReports(type: String, learns: Bool) async {
        let run = await ScriptRun.of(
            Self.script(
                """
                local function search(options)
                  options.space = { x = ag.Real(0, 1), y = ag.Real(0, 1) }
                  options.num_trials, options.seed, options.first_is_default = 30, 3, true
                  options.objectives = { b = "MIN", a = "MIN" }
                  options.scheduler = ag.hyperband { max_t = 3, type = "\(type)" }
                  options.train = function(args, reporter)
                    for epoch = 1, 3 do
                      reporter { epoch = epoch, a = args.x, b = (1 - args.x) ^ 2 + args.y }
                    end
                  end
                  return ag.experiment(options):run()
                end
                local warm = search { warm_start = { first } }
                local given = {}
                for i = 2, 9 do
                  given[#given + 1] = { x = warm.trials[i].args.x, y = warm.trials[i].args.y }
                end
                local cold, again = search { initial = given }, search { warm_start = { first } }
                local differs = false
                for i, trial in ipairs(warm.trials) do
                  assert(trial.args.x == again.trials[i].args.x)
                  differs = differs or trial.args.x ~= cold.trials[i].args.x
                end
                out(differs)
                """))
        #expect(run.failure == nil, "\(run.failure?.message ?? "")")
        #expect(run.lines == ["\(learns)"])
    }

    @Test(arguments: [
        (
            "{ first }, objectives = { c = 'MIN' }",
            "[1]: expected a study of the same objectives, c MIN"
        ),
        (
            "{ first }, objectives = { a = 'MAX', b = 'MIN' }",
            "a MAX, b MIN, got one of a MIN, b MIN"
        ),
        ("{ 7 }", "[1]: expected a study, its name or its path, got 7"),
        ("{ first, 'nowhere' }", "[2]: studies/nowhere.db: "),
        ("'first'", "warm_start: expected an array, got \"first\""),
    ])
    func whatIsWrongIsNamed(warm: String, message: String) async {
        let run = await ScriptRun.of(
            Self.script(
                """
                declare { space = { x = ag.Real(0, 1) }, num_trials = 2, warm_start = \(warm) }
                """))
        #expect(run.failure?.message.contains("ag.experiment: warm_start") == true)
        #expect(run.failure?.message.contains(message) == true, "\(run.failure?.message ?? "")")
    }
}
