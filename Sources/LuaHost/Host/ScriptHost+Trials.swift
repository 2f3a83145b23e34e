internal import LuaBridge
package import Running

extension ScriptHost {
    /// Has the trials of the experiment that the script has declared last run under a loop of the
    /// caller's.
    ///
    /// The script was only checked (`RunSettings.isCheck`). The study of `loop` has the space that it
    /// declares.
    ///
    /// - Parameters:
    ///   - pool: computes; the loop's queue wakes it.
    ///   - body: is called with what runs the trials.
    /// - Throws: `LuaError` where no experiment was declared, else what `body` throws.
    package func withTrials<Result>(
        under loop: StudyLoop, pool: WorkerPool, _ body: (any TrialExecutor) throws -> Result
    ) throws -> Result {
        guard let declaration = experiments.declarations.last else {
            throw LuaError("expected a script that declares an experiment, got one that does not")
        }
        let executor = experiments.executor(for: declaration, under: loop, pool: pool)
        return try operations.withTrials(of: executor) { try body(executor) }
    }
}
