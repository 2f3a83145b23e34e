internal import LuaBridge

/// What a trial's `train` gets as its second argument.
final class Reporter {
    /// Nil once the experiment has ended: a script may keep the reporter longer.
    private weak var executor: LuaTrialExecutor?
    private let trial: Int

    init(_ executor: LuaTrialExecutor, trial: Int) {
        (self.executor, self.trial) = (executor, trial)
    }

    private func running() throws -> LuaTrialExecutor {
        guard let executor else {
            throw LuaError("reporter: trial \(trial) has ended, and its experiment too")
        }
        return executor
    }

    /// Defines the methods that scripts see.
    static func define(in lua: LuaState) throws {
        try lua.defineStrictly(Reporter.self, name: "reporter") { type in
            type.metamethod("__call", taking: ["metrics", "kept"]) { reporter, call in
                try reporter.running().report(reporter.trial, call)
            }
            type.property("trial") { .integer($0.trial) }
            type.property("slot") { reporter in
                reporter.executor?.trials[reporter.trial]?.slot.map { .integer($0) } ?? .nil
            }
            type.property("dir") { reporter, call in
                try call.return(reporter.running().folder(of: reporter.trial))
            }
            type.method("checkpoint", taking: ["kept"]) { reporter, call in
                try reporter.running().checkpoint(reporter.trial, call)
            }
            type.method("restore", taking: []) { reporter, call in
                try reporter.running().restore(reporter.trial, call)
            }
            type.metamethod("__tostring") { reporter, call in
                try call.return("reporter of trial \(reporter.trial)")
            }
        }
    }
}
