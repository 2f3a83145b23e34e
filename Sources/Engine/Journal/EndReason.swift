/// Why a study ended.
public enum EndReason: String, Hashable, Sendable, CaseIterable {
    /// All trials asked for have been run.
    case trialsDone = "trials_done"
    /// The space has no configuration left that was not tried.
    case spaceExhausted = "space_exhausted"
    /// The front stayed as it was for as many trials as `noGainLimit` says.
    case noGain = "no_gain"
    /// The trials have used the budget.
    case budgetUsed = "budget_used"
    case timeOut = "time_out"
    /// A trial failed, and the study was to end then (`on_error = "stop"`).
    case trialFailed = "trial_failed"
    /// The user interrupted it.
    case interrupt
    /// The program stopped it.
    case stopped

    /// The reason in words.
    public var sentence: String {
        switch self {
        case .trialsDone: "all trials were run"
        case .spaceExhausted: "every configuration of the space was tried"
        case .noGain: "the last trials gained nothing"
        case .budgetUsed: "the budget was used"
        case .timeOut: "the time was up"
        case .trialFailed: "a trial failed"
        case .interrupt: "it was interrupted"
        case .stopped: "it was stopped"
        }
    }
}
