internal import Settings

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
            "default", \.standard, is: .integer(), standard: "the middle",
            help: "what trial 1 gets; must be in the domain"),
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
            "default", \.standard, is: .number, standard: "the middle",
            help: "what trial 1 gets; must be in the domain"),
    ]
}
