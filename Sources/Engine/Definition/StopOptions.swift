package import Settings

/// What ends a study beside the number of its trials (`stop`).
public struct StopOptions: Hashable, Sendable {
    /// Start and promote nothing more once so many trials in a row have left their slots with the
    /// front as it was; nil to continue all the same.
    public var noGain: Int?

    /// Nothing that ends it.
    public init() {}
}

extension StopOptions: SettingOptions {
    /// What `stop` takes: key, type, bounds, default and help of each.
    package static let settings: [Setting<StopOptions>] = [
        Setting(
            "no_gain", \.noGain, is: .integer(atLeast: 1),
            help: "how many trials in a row may leave their slots with the front as it was")
    ]
}
