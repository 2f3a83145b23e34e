internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// What trials keep, to continue from after a crash or a failure.
extension LuaTrialExecutor {
    /// `reporter:checkpoint { … }`: keeps plain values and networks in place of those before.
    func checkpoint(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        let trial = try running(id, "reporter:checkpoint")
        guard case .table = try call[2] else {
            throw LuaError("reporter:checkpoint: expected a table, got \(try call[2].shown)")
        }
        // Nothing continues from a trial that is complete.
        guard !trial.isComplete else { return try call.return() }
        // Lua's generator cannot be asked for its state, so the trial's starts again from a seed here,
        // in a run that is never interrupted as well.
        let bytes = try MemoryCharge.payingForCopies {
            try CheckpointContent(
                call[2], seed: trial.random.reseed(), networks: trial.networks
            ).bytes
        }
        try handOver(.checkpoint(trial: id, content: bytes), of: trial)
        simulated?.keep(id)
        return try call.return()
    }

    /// `reporter:restore()`: what the trial has kept; nil when it begins for the first time.
    func restore(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        let trial = try running(id, "reporter:restore")
        guard let bytes = try storedCheckpoint(of: id) else {
            return try call.return(LuaTree.nil)
        }
        let content = try CheckpointContent(bytes: bytes)
        let tree = try content.tree(in: lua) { trial.made.add($0) }
        trial.networks = content.networks
        try trial.random.seed(content.seed)
        return try call.return(tree)
    }

    private func storedCheckpoint(of trial: Int) throws -> [UInt8]? {
        do { return try loop.checkpoint(of: trial)?.content } catch let error as RunError {
            throw LuaError("\(error)", at: .none)
        }
    }
}
