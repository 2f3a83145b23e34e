internal import Engine
internal import LuaBridge
internal import Results

/// What trials keep, to go on from after a crash or a failure.
extension ExperimentRun {
    /// `reporter:checkpoint { … }`: keeps plain values and networks in place of those before.
    func checkpoint(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        let trial = try running(id, "reporter:checkpoint")
        guard case .table = try call[2] else {
            throw LuaError("reporter:checkpoint: expected a table, got \(try call[2].shown)")
        }
        // Lua's generator cannot be asked for its state, so that of the trial begins anew here, in a
        // run that is never interrupted as well.
        let content = try CheckpointContent(
            call[2], seed: trial.random.reseed(), networks: trial.networks)
        try keep(
            Checkpoint(
                trial: id, resource: conductor.reportedResource(of: id),
                content: try content.bytes))
        return try call.return()
    }

    /// `reporter:restore()`: what the trial has kept; nil when it begins for the first time.
    func restore(_ id: Int, _ call: LuaCall) throws -> LuaAnswer {
        let trial = try running(id, "reporter:restore")
        guard let checkpoint = try storedCheckpoint(of: id) else {
            return try call.return(LuaTree.nil)
        }
        let content = try CheckpointContent(bytes: checkpoint.content)
        let tree = try content.tree(in: host.lua)
        trial.networks = content.networks
        try trial.random.seed(content.seed)
        return try call.return(tree)
    }

    private func running(_ id: Int, _ owner: String) throws -> TrialRun {
        guard let trial = trials[id], trial === current else {
            throw LuaError(
                "\(owner): it belongs to trial \(id), which is not the one that called it")
        }
        return trial
    }
}
