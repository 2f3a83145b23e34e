package import Settings

/// In which order reports are committed.
public enum CommitOrder: String, Hashable, Sendable, CaseIterable {
    /// By virtual time: the same search on any number of threads.
    case virtualTime = "virtual"
    /// First come, first decided: no trial waits, and the search depends on the machine.
    case arrival
}

/// What a trial that fails for good means for its study (`on_error`).
public enum ErrorRule: String, Hashable, Sendable, CaseIterable {
    /// The study continues without it.
    case `continue`
    /// The study ends.
    case stop
}

/// The settings of a study that are plain values with a default.
///
/// A new one is a field here and a line in `settings`.
public struct StudyOptions: Hashable, Sendable {
    /// What every random draw follows from.
    public var seed = 0
    /// At most so many trials; nil for no limit (then the host ends the study).
    public var trialLimit: Int?
    /// Give no slot away once all trials together have used so much resource; nil for no limit. Trials
    /// that run then come to their next rung, or to their end.
    public var budget: Resource?
    /// What ends a study beside the number of its trials.
    public var stop = StopOptions()
    /// How many trials run side by side on the virtual clock (`parallel_trials`).
    public var slots = 4
    /// In which order reports are committed.
    public var order = CommitOrder.virtualTime
    /// How often a trial that raises an error is tried again.
    public var retries = 0
    /// What a trial that fails for good means for the study.
    public var onError = ErrorRule.continue
    /// Whether trial 1 has the space's defaults.
    public var firstIsDefault = true

    /// The defaults.
    public init() {}

    /// The defaults.
    public static let standard = StudyOptions()
}

extension StudyOptions: SettingOptions {
    /// What an experiment takes besides: key, type, bounds, default and help of each.
    package static let settings: [Setting<StudyOptions>] = [
        Setting(
            "num_trials", \.trialLimit, is: .integer(atLeast: 1), option: CommandOption("trials"),
            help: "how many trials to run",
            details: "this, `budget`, `time_out` or `stop` is needed"),
        Setting(
            "budget", \.budget, is: .resource(), type: "integer ≥ 1; with `resolution` number > 0",
            option: CommandOption("budget"),
            help: "give no slot away once all trials together have used so much of the resource",
            details: "those that run come to their next rung, where they stop or pause, or to "
                + "their end"),
        Setting(
            "stop", type: "`{ no_gain = n }`",
            help: "start no more trials once n have left their slots since the front last gained",
            details: "those that run come to their end"),
        Setting(
            "parallel_trials", \.slots, is: .integer(atLeast: 1, atMost: 1_000_000),
            option: CommandOption("parallel"), help: "slots: trials side by side",
            details: "part of what the seed determines"),
        Setting(
            "seed", \.seed, is: .integer(), option: CommandOption("seed"),
            help: "the seed of all random choices"),
        Setting(
            "order", \.order, is: .choice,
            help: "by the virtual clock, or first come, first decided",
            details: "the latter is not repeatable"),
        Setting(
            "retries", \.retries, is: .integer(atLeast: 0),
            help: "how often a trial that raises an error is tried again",
            details: "it starts from its last checkpoint, and what it has reported stands"),
        Setting(
            "on_error", \.onError, is: .choice,
            help: "whether a trial that fails for good ends the study",
            details: "`--resume` then continues with the others"),
        Setting(
            "first_is_default", \.firstIsDefault, is: .boolean,
            help: "whether trial 1 has the defaults"),
    ]
}
