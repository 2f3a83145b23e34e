internal import ArgumentParser
internal import LuaHost
internal import Settings

/// The value of an option that is declared as a setting, as it was typed.
struct SettingWord {
    /// The option's name.
    let option: String
    let text: String

    /// - Throws: `ValidationError` that says what is expected.
    func validate() throws {
        guard let problem = Self.setting(option).problem(text) else { return }
        throw ValidationError(
            "--\(option): expected \(problem.expected), got \(problem.got)")
    }

    /// The declaration of the option of that name.
    fileprivate static func setting(_ name: String) -> OfferedSetting {
        let all = RunSettings.offeredSettings + RunSettings.offeredForStudies
        guard let setting = all.first(where: { $0.option.name == name })
        else { preconditionFailure("no setting declares the option \(name)") }
        return setting
    }
}

extension RunSettings {
    /// What the words of a command line say, which were validated.
    init(_ words: [SettingWord]) {
        var overrides = SettingOverrides()
        for word in words { overrides[word.option] = .word(word.text) }
        self = overrides.applied(to: RunSettings())
        self.overrides = overrides
    }
}

extension Option where Value == SettingWord? {
    /// An option whose name and help are those of a declared setting.
    ///
    /// - Parameter parsing: by default a value may begin with a dash: -3 is refused by its bounds, and
    ///   not as an option.
    init(setting name: String, parsing: SingleValueParsingStrategy = .unconditional) {
        let setting = SettingWord.setting(name)
        self.init(
            name: .customLong(name), parsing: parsing,
            help: ArgumentHelp(
                ArgumentHelp.text(of: setting), valueName: setting.option.valueName),
            completion: setting.choices.isEmpty ? nil : .list(setting.choices),
            transform: { SettingWord(option: name, text: $0) })
    }
}

extension Flag where Value == Bool {
    /// A flag whose name and help are those of a declared setting.
    init(wrappedValue: Bool, setting name: String) {
        self.init(
            wrappedValue: wrappedValue, name: .customLong(name),
            help: ArgumentHelp(ArgumentHelp.text(of: SettingWord.setting(name))))
    }
}

extension ArgumentHelp {
    /// A sentence: what the setting does, and what it is called in a script.
    fileprivate static func text(of setting: OfferedSetting) -> String {
        let words = setting.help.filter { $0 != "`" }
        let key = setting.key.map { " (\($0))" } ?? ""
        return words.prefix(1).uppercased() + words.dropFirst() + key + "."
    }
}
