internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// Trials whose `train` is a program.
extension LuaTrialExecutor {
    /// Makes the program of the running trial, which starts with its first step.
    ///
    /// - Throws: `LuaError`.
    func beginCommand(
        _ spec: ProgramSpec, of trial: LuaTrial, _ operations: NativeOperations
    ) throws -> CommandRun {
        guard commands[trial.id] == nil else {
            throw LuaError("ag.command: trial \(trial.id) runs a command already")
        }
        let definition = loop.state.definition
        do {
            guard let configuration = loop.state.trial(trial.id)?.configuration else {
                throw LuaError("ag.command: trial \(trial.id) has ended")
            }
            let values = TrialValues(
                trial: trial.id, arguments: try definition.space.arguments(for: configuration),
                slot: trial.slot ?? 1, directory: try folders.folder(of: trial.id))
            let program = try ProgramRun(
                spec, values, names: ReportNames(definition), server: server)
            let run = CommandRun(program, spec, of: trial, by: self, operations: operations)
            commands[trial.id] = run
            return run
        } catch let error as FileError {
            throw LuaError("ag.command: \(error)", at: .none)
        }
    }

    /// `reporter.dir`
    ///
    /// - Throws: `LuaError`.
    func folder(of trial: Int) throws -> String {
        do { return try folders.folder(of: trial) } catch let error as FileError {
            throw LuaError("reporter.dir: \(error)")
        }
    }

    /// Decides what becomes of the programs of a trial that is about to be paused, and of those that
    /// stay suspended.
    func pauseCommand(of trial: LuaTrial) {
        guard let run = commands[trial.id] else { return }
        guard run.staysSuspended else { return run.endToRestart() }
        let limit = run.spec.suspendedLimit ?? 2 * factory.definition.slots
        var suspended = commands.values.filter {
            $0.staysSuspended && ($0.trial === trial || $0.trial.keptSlot != nil)
                && !$0.trial.isLent
        }
        while suspended.count > limit, let worst = suspended.max(by: isMorePromising) {
            worst.endToRestart()
            suspended.removeAll { $0 === worst }
        }
    }

    /// Whether one of two paused trials is likelier to continue: it has come further, or stands better.
    private func isMorePromising(_ one: CommandRun, _ other: CommandRun) -> Bool {
        func key(_ run: CommandRun) -> (Double, Int, Int) {
            let last = loop.state.trial(run.trial.id)?.decisions.last
            return (-(last?.rung ?? 0).double, last?.standing.rank ?? 0, run.trial.id)
        }
        return key(one) < key(other)
    }

    /// Why a trial is ended, in the words that its program hears.
    func whyStopped(_ trial: LuaTrial) -> String {
        loop.state.whyEnded(trial.id, isComplete: trial.isComplete)
    }
}
