import LuaBridge
import LuaHost
import Results
import Running
import Synchronization

/// One script run in this process: what it printed, what it left behind, how it ended.
struct ScriptRun: Sendable {
    /// What the script handed to `out`, a line each.
    let lines: [String]
    let failure: ScriptFailure?
    /// The studies as JSON, in order.
    let studies: [String]
    /// What was logged.
    let messages: [String]

    /// Runs `script` on a thread with Lua's stack and waits for its end.
    static func of(
        _ script: String, settings: RunSettings = RunSettings(),
        interruption: Interruption = Interruption(), leastLevel: RunMessageLevel = .notice,
        onLine: @escaping @Sendable () -> Void = {}
    ) async -> ScriptRun {
        await onLuaThread { run(script, settings, interruption, leastLevel, onLine) }
    }

    private static func run(
        _ script: String, _ settings: RunSettings, _ interruption: Interruption,
        _ leastLevel: RunMessageLevel, _ onLine: @escaping @Sendable () -> Void
    ) -> ScriptRun {
        let observer = MessageLog(leastLevel)
        var lines: [String] = []
        var failure: ScriptFailure?
        do {
            let host = try ScriptHost(
                settings: settings, interruption: interruption, observer: observer)
            defer { host.close() }
            try host.lua.setGlobal(
                "out",
                host.lua.function("out") { call in
                    lines.append(
                        try call.values(from: 1).map(host.lua.describe).joined(separator: " "))
                    onLine()
                    return try call.return()
                })
            do { try host.run(text: script) } catch let error as ScriptFailure { failure = error }
            return ScriptRun(
                lines: lines, failure: failure, studies: host.studies.map { $0.json() },
                messages: observer.messages.withLock { $0 })
        } catch {
            fatalError("\(error)")
        }
    }
}

/// Keeps the messages of a run.
private final class MessageLog: RunObserver, Sendable {
    let messages = Mutex<[String]>([])
    let leastLevel: RunMessageLevel

    init(_ leastLevel: RunMessageLevel) { self.leastLevel = leastLevel }

    var interval: Double? { nil }
    func began(_ progress: RunProgress) {}
    func waiting(_ progress: () -> RunProgress) {}
    func scriptContinues() {}
    func ended(_ progress: RunProgress) {}
    func log(_ level: RunMessageLevel, _ message: String) {
        messages.withLock { $0.append(message) }
    }
}

/// An experiment around `train` with one parameter; `fields` go into the declaration.
func experiment(_ train: String, fields: String = "", maxT: Int = 9, trials: Int = 3) -> String {
    """
    local ag = require "mohpo"
    local nn = require "mohpo.nn"
    local data = require "mohpo.data"
    local experiment = ag.experiment {
      space = { x = ag.Real(0, 1) },
      objectives = { loss = "MIN" },
      scheduler = ag.hyperband { max_t = \(maxT), type = "stopping" },
      num_trials = \(trials),
      \(fields)
      train = function(args, reporter) \(train) end,
    }
    local study = experiment:run()

    """
}
