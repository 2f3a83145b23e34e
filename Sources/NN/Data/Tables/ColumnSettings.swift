package import Settings

/// What the options of tables say of columns, in words for all kinds of files.
package enum ColumnSettings {
    private static let list = "array of strings and integers"

    /// The column to learn.
    ///
    /// - Parameter standard: the one that is learned where none is given; empty: one is needed.
    static func label<Options: SettingOptions>(standard: String = "") -> Setting<Options> {
        Setting(
            "label", type: "string, integer", standard: standard,
            help: "the column to learn, by name or number; −1 is the last")
    }

    /// Which columns become features.
    static func columns<Options: SettingOptions>() -> Setting<Options> {
        Setting(
            "columns", type: list, standard: "all others", help: "the columns that become features")
    }

    /// Which columns do not.
    static func drop<Options: SettingOptions>() -> Setting<Options> {
        Setting("drop", type: list, help: "the columns that do not become features")
    }

    /// Which columns of text become a feature for each text.
    static func oneHot<Options: SettingOptions>() -> Setting<Options> {
        Setting(
            "one_hot", type: "boolean, \(list)", standard: "`false`",
            help: "columns of text, `true` for all: a feature of 0 and 1 for each of their texts")
    }

    /// What becomes of cells without a value.
    static func missing<Options: SettingOptions>() -> Setting<Options> {
        Setting(
            "missing", type: "`\"error\"`, `\"drop\"`, `\"mean\"`, number",
            standard: "`\"error\"`", help: "what becomes of cells without a value",
            details: "`\"drop\"` leaves out their rows, `\"mean\"` or a number stands in")
    }

    /// Whether what is learned are numbers.
    package static func regression<Options: SettingOptions>(
        _ field: any WritableKeyPath<Options, Bool> & Sendable,
        of what: String = "that column holds"
    ) -> Setting<Options> {
        Setting(
            "regression", field, is: .boolean,
            help: "whether \(what) numbers to predict instead of classes")
    }
}
