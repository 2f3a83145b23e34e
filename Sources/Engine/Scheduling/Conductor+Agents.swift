/// Trials that run in other processes, which may vanish.
extension Conductor {
    /// Takes note that what ran a trial is gone: the trial starts again, from its last checkpoint or from
    /// its beginning, as soon as there is something to compute. No effect for a trial that is over.
    package mutating func lost(_ trial: Int) throws -> [Command] {
        switch state.trial(trial)?.state {
        case .running?, .paused?: break
        case nil, .completed?, .stopped?, .failed?: return []
        }
        guard active[trial]?.hasEnded != true else { return [] }
        unstarted.insert(trial)
        if active[trial]?.isComputing == true { instruct(trial, .continue) }
        return try flush()
    }
}
