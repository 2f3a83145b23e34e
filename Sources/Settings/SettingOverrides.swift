/// Settings that the command line gives, which win over a script's.
package struct SettingOverrides: Hashable, Sendable {
    private var values: [String: PlainValue] = [:]

    /// No settings.
    package init() {}

    /// The value of an option, by the option's name; nil where it was not given.
    package subscript(option: String) -> PlainValue? {
        get { values[option] }
        set { values[option] = newValue }
    }

    /// Whether a setting was given.
    package func gives(_ setting: Setting<some SettingOptions>) -> Bool {
        setting.option.map { values[$0.name] != nil } ?? false
    }

    /// The options with what was given for them.
    ///
    /// A value that cannot be is left out: the caller has checked it.
    package func applied<Options: SettingOptions>(to options: Options) -> Options {
        var options = options
        for setting in Options.settings {
            guard let option = setting.option, let value = values[option.name] else { continue }
            let problem = setting.set(value, in: &options)
            assert(problem == nil, "checked where it was given: \(option.name)")
        }
        return options
    }
}
