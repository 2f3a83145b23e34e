/// How the command line offers a setting: `--trials N`.
package struct CommandOption: Hashable, Sendable {
    /// Its name, without dashes.
    package let name: String
    /// What stands for its value in a help text: `n`; nil for a flag, which has none.
    package let valueName: String?

    /// The option `--name valueName`, or the flag `--name`.
    package init(_ name: String, _ valueName: String? = "n") {
        self.name = name
        self.valueName = valueName
    }
}

/// A setting that the command line offers, whichever options it belongs to.
package struct OfferedSetting: Sendable {
    /// Its name and that of its value.
    package let option: CommandOption
    /// The name in a table of a script; nil where only the command line has it.
    package let key: String?
    /// What the setting does, in a line.
    package let help: String
    /// What the setting does, with what the reference adds.
    package let meaning: String
    /// The words that its value may be; empty where it is no choice.
    package let choices: [String]
    /// What is wrong with a word as its value, nil where nothing is.
    package let problem: @Sendable (_ word: String) -> SettingProblem?
}

extension SettingOptions {
    /// The settings that the command line offers.
    ///
    /// - Parameters:
    ///   - settings: of which; nil: of all.
    ///   - isForCommandLineAlone: no table of a script has them.
    package static func offered(
        of settings: [Setting<Self>]? = nil, isForCommandLineAlone: Bool = false
    ) -> [OfferedSetting] {
        (settings ?? Self.settings).compactMap { setting in
            guard let option = setting.option else { return nil }
            return OfferedSetting(
                option: option, key: isForCommandLineAlone ? nil : setting.key, help: setting.help,
                meaning: setting.meaning, choices: setting.choices,
                problem: { word in
                    var options = Self()
                    return setting.set(.word(word), in: &options)
                })
        }
    }
}
