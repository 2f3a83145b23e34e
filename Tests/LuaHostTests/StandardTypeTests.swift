import Foundation
import LuaHost
import Testing

/// Which `type` an experiment has where its script does not say one.
@Suite struct StandardTypeTests {
    /// - Parameters:
    ///   - scheduler: options of `ag.hyperband`.
    ///   - options: options of `ag.experiment`.
    private static func script(_ scheduler: String = "", _ options: String = "") -> String {
        """
        local ag = require "mohpo"
        ag.experiment {
          name = "standard", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { \(scheduler) }, num_trials = 6, \(options)
          train = function(args, reporter)
            for epoch = 1, 12 do reporter { epoch = epoch, loss = args.x } end
          end,
        }:run()
        """
    }

    private static func place() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).db")
    }

    @Test(arguments: [
        ("max_t = 9", "", "model"),
        ("max_t = 9", "scalarization_options = { num_weights = 50 },", "model"),
        ("max_t = 9, brackets = 2", "", "stopping"),
        ("max_t = 9", "searcher = 'random',", "stopping"),
        ("max_t = 9", "searcher = 'gp',", "stopping"),
        ("max_t = 9", "scalarization_options = { algorithm = 'parego' },", "stopping"),
        ("max_t = 9, type = 'promotion'", "", "promotion"),
    ])
    func theModelDecidesUnlessTheScriptSaysWhatItHasNoUseFor(
        scheduler: String, options: String, type: String
    ) async {
        let run = await ScriptRun.of(Self.script(scheduler, options))
        #expect(run.failure == nil)
        #expect(run.studies.first?.contains("\"type\": \"\(type)\"") == true)
    }

    @Test func tooManyParametersForAModelAreStopped() async {
        let space =
            "space = (function() local s = {} "
            + "for i = 1, 1001 do s[i] = ag.Real(0, 1) end return s end)(),"
        func script(_ scheduler: String) -> String {
            Self.script(scheduler, "")
                .replacing("space = { x = ag.Real(0, 1) },", with: space)
                .replacing("loss = args.x", with: "loss = args[1]")
        }
        let run = await ScriptRun.of(script("max_t = 9"))
        #expect(run.failure == nil)
        #expect(run.studies.first?.contains("\"type\": \"stopping\"") == true)
        let refused = await ScriptRun.of(script("max_t = 9, type = 'model'"))
        #expect(
            refused.failure?.message.contains(
                "space: expected at most 1000 parameters for a model") == true)
    }

    /// A study that began under other settings continues under them, and up to a larger maximum,
    /// where the script does not say them any more.
    @Test(arguments: [
        "type = 'stopping'", "type = 'promotion', reduction_factor = 2",
        "type = 'model', rung_levels = { 4 }",
    ])
    func whatAScriptDoesNotSayIsTakenFromTheStoredStudy(scheduler: String) async throws {
        let path = Self.place()
        defer { try? FileManager.default.removeItem(at: path) }
        var settings = RunSettings()
        settings.place = .file(path.path)
        let said = "seed = 7, parallel_trials = 2, first_is_default = false,"
        let began = await ScriptRun.of(
            Self.script("max_t = 9, \(scheduler)", said), settings: settings)
        #expect(began.failure == nil)
        settings.resumes = true
        let resumed = await ScriptRun.of(Self.script("max_t = 9"), settings: settings)
        #expect(resumed.failure == nil)
        #expect(resumed.studies == began.studies)
        settings.extends = true
        let extended = await ScriptRun.of(
            Self.script("max_t = 12", "num_trials = 9,"), settings: settings)
        #expect(extended.failure == nil, "\(extended.failure?.message ?? "")")
        #expect(extended.studies.first?.contains("\"num_trials\": 9") == true)
    }

    @Test func whatAScriptSaysOtherwiseIsRefused() async throws {
        let path = Self.place()
        defer { try? FileManager.default.removeItem(at: path) }
        var settings = RunSettings()
        settings.place = .file(path.path)
        _ = await ScriptRun.of(Self.script("max_t = 9, type = 'stopping'"), settings: settings)
        settings.resumes = true
        let resumed = await ScriptRun.of(
            Self.script("max_t = 9, type = 'model'"), settings: settings)
        #expect(
            resumed.failure?.message.contains("type: was stopping, is now model") == true)
    }
}
