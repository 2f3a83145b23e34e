internal import Engine
internal import LuaBridge
internal import NN
internal import Platform
internal import Running

/// A trial of a running experiment: its coroutine and what it waits for.
final class TrialRun {
    let id: Int
    let arguments: LuaTable
    let coroutine: LuaCoroutine
    /// Behind `math.random` while the trial runs.
    let random: LuaRandomGenerator
    /// How long it has computed.
    var clock = ComputeTime()
    /// Ends the operation it waits for.
    let token = CancellationToken()
    /// It called the reporter from where it cannot be suspended, and waits there.
    var isWaitingInPlace = false
    /// The decision it waits for in place has come.
    var mayGoOn = false
    /// It has reported for the last time and is to be closed.
    var isOver = false
    /// Why its report was refused, in a simulation, where that shows later.
    var refusal: LuaError?
    /// The resource of its last report.
    var resource = 0
    /// Estimated microseconds of operations done at once since it was last suspended for one.
    var costAtOnce = 0.0
    /// The resource of its last report, also beyond the maximum.
    var lastReported = 0
    /// How many networks it has made, which sets their seeds apart.
    var networks = 0

    init(
        id: Int, arguments: LuaTable, coroutine: LuaCoroutine, random: LuaRandomGenerator
    ) {
        self.id = id
        self.arguments = arguments
        self.coroutine = coroutine
        self.random = random
    }
}

/// What a trial's `train` gets as its second argument.
final class Reporter {
    /// Nil once the experiment has ended: a script may keep the reporter longer.
    weak var run: ExperimentRun?
    let trial: Int

    init(run: ExperimentRun, trial: Int) {
        self.run = run
        self.trial = trial
    }

    private func running() throws -> ExperimentRun {
        guard let run else {
            throw LuaError("reporter: trial \(trial) has ended, and its experiment too")
        }
        return run
    }

    static func define(in lua: LuaState) throws {
        try lua.defineStrictly(Reporter.self, name: "reporter") { type in
            type.metamethod("__call", ["metrics"]) { reporter, call in
                try reporter.running().report(reporter.trial, call)
            }
            type.method("checkpoint", ["kept"]) { reporter, call in
                try reporter.running().checkpoint(reporter.trial, call)
            }
            type.method("restore", []) { reporter, call in
                try reporter.running().restore(reporter.trial, call)
            }
            type.metamethod("__tostring") { reporter, call in
                try call.return("reporter of trial \(reporter.trial)")
            }
        }
    }
}
