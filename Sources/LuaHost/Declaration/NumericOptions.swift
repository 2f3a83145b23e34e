internal import Settings

/// Where the best values of a number are believed to lie; ``PriorReader`` reads it.
private func prior<Options: SettingOptions>() -> Setting<Options> {
    Setting(
        "prior", type: "`{ value, confidence = … }`",
        help:
            "where the best values are believed to lie, as in `{ 1e-3, confidence = \"medium\" }`",
        details:
            "`\"low\"`, `\"medium\"` (default) and `\"high\"` stand for half, a quarter and an "
            + "eighth of the range. Chance draws every other value from there; [a "
            + "model](search.md#new-configurations) believes it the less the more it has seen")
}

/// What `ag.Int` takes in its third argument.
struct IntOptions: SettingOptions {
    var log = false
    var step = 1
    var standard: Int?

    static let settings: [Setting<IntOptions>] = [
        Setting(
            "log", \.log, is: .boolean,
            help:
                "uniform in log space; needs `lo` > 0. The default is then the middle of log space"),
        Setting("step", \.step, is: .integer(), help: "only `lo`, `lo + step`, … up to `hi`"),
        Setting(
            "default", \.standard, is: .integer(), standard: "the prior's value, else the middle",
            help: "what trial 1 gets; must be in the domain"),
        prior(),
    ]
}

/// What `ag.Real` takes in its third argument.
struct RealOptions: SettingOptions {
    var log = false
    var step: Double?
    var standard: Double?

    static let settings: [Setting<RealOptions>] = [
        Setting(
            "log", \.log, is: .boolean,
            help:
                "uniform in log space; needs `lo` > 0. The default is then the middle of log space"),
        Setting("step", \.step, is: .number, help: "only `lo`, `lo + step`, … up to `hi`"),
        Setting(
            "default", \.standard, is: .number, standard: "the prior's value, else the middle",
            help: "what trial 1 gets; must be in the domain"),
        prior(),
    ]
}
