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
            for epoch = 1, 27 do reporter { epoch = epoch, loss = args.x } end
          end,
        }:run()
        """
    }

    /// What a study of a run was like.
    private struct Study: Decodable {
        struct Trial: Decodable {
            let state: String
        }

        let maxResource: Int
        let rungLevels: [Int]
        let trials: [Trial]

        enum CodingKeys: String, CodingKey {
            case maxResource = "max_t"
            case rungLevels = "rung_levels"
            case trials
        }

        init(_ run: ScriptRun) throws {
            let text = try #require(run.studies.first)
            self = try JSONDecoder().decode(Study.self, from: Data(text.utf8))
        }
    }

    /// Which type a study with `max_t = 27` has: only a model's first rung is 2, and only trials that
    /// are stopped do not pause.
    private static func type(of run: ScriptRun) throws -> String {
        let study = try Study(run)
        guard study.rungLevels.first == 1 else { return "model" }
        return study.trials.contains { $0.state == "paused" } ? "promotion" : "stopping"
    }

    private static func place() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).db")
    }

    @Test(arguments: [
        ("max_t = 27", "", "model"),
        ("max_t = 27", "scalarization_options = { num_weights = 50 },", "model"),
        ("max_t = 27, brackets = 2", "", "stopping"),
        ("max_t = 27", "searcher = 'random',", "stopping"),
        ("max_t = 27", "searcher = 'gp',", "stopping"),
        ("max_t = 27", "scalarization_options = { algorithm = 'parego' },", "stopping"),
        ("max_t = 27, type = 'promotion'", "", "promotion"),
    ])
    func theModelDecidesUnlessTheScriptSaysWhatItHasNoUseFor(
        scheduler: String, options: String, type: String
    ) async throws {
        let run = await ScriptRun.of(Self.script(scheduler, options))
        #expect(run.failure == nil)
        #expect(try Self.type(of: run) == type)
    }

    @Test func tooManyParametersForAModelAreStopped() async throws {
        let space =
            "space = (function() local s = {} "
            + "for i = 1, 1001 do s['x' .. i] = ag.Real(0, 1) end return s end)(),"
        func script(_ scheduler: String) -> String {
            Self.script(scheduler, "")
                .replacing("space = { x = ag.Real(0, 1) },", with: space)
                .replacing("loss = args.x", with: "loss = args.x1")
        }
        let run = await ScriptRun.of(script("max_t = 27"))
        #expect(run.failure == nil)
        #expect(try Self.type(of: run) == "stopping")
        let refused = await ScriptRun.of(script("max_t = 27, type = 'model'"))
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
            Self.script("max_t = 27, \(scheduler)", said), settings: settings)
        #expect(began.failure == nil)
        settings.resumes = true
        let resumed = await ScriptRun.of(Self.script("max_t = 27"), settings: settings)
        #expect(resumed.failure == nil)
        #expect(resumed.studies == began.studies)
        settings.extends = true
        let extended = await ScriptRun.of(
            Self.script("max_t = 36", "num_trials = 9,"), settings: settings)
        #expect(extended.failure == nil, "\(extended.failure?.message ?? "")")
        let (before, after) = (try Study(began), try Study(extended))
        #expect(after.trials.count == 9 && after.maxResource == 36)
        #expect(after.rungLevels.starts(with: before.rungLevels))
    }

    @Test func whatAScriptSaysOtherwiseIsRefused() async throws {
        let path = Self.place()
        defer { try? FileManager.default.removeItem(at: path) }
        var settings = RunSettings()
        settings.place = .file(path.path)
        _ = await ScriptRun.of(Self.script("max_t = 27, type = 'stopping'"), settings: settings)
        settings.resumes = true
        let resumed = await ScriptRun.of(
            Self.script("max_t = 27, type = 'model'"), settings: settings)
        #expect(
            resumed.failure?.message.contains("type: was stopping, is now model") == true)
    }
}
