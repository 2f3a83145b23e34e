package import Settings

extension CSVOptions: SettingOptions {
    /// The last column is the label, which a script has to say.
    package init() { self.init(label: .number(-1)) }

    /// What `data.csv` takes.
    package static let settings: [Setting<CSVOptions>] = choice + cells + lines

    private static let choice: [Setting<CSVOptions>] = [
        ColumnSettings.label(), ColumnSettings.regression(\.regression), ColumnSettings.columns(),
        ColumnSettings.drop(), ColumnSettings.oneHot(),
    ]

    private static let cells: [Setting<CSVOptions>] = [
        ColumnSettings.missing(),
        Setting(
            "standardize", \.standardize, is: .boolean, standard: "`false`",
            help: "whether features are shifted and scaled to mean 0 and deviation 1"),
        Setting(
            "like", type: "data set",
            help: "a data set whose columns, texts, means and deviations this one gets",
            details: "A test set is read like its training set"),
    ]

    private static let lines: [Setting<CSVOptions>] = [
        Setting(
            "header", \.header, is: .boolean, standard: "`true`, with `names` `false`",
            help: "whether the first line names the columns"),
        Setting(
            "names", type: "array of strings", standard: "those of the header",
            help: "what the columns are called"),
        Setting("separator", \.format.separator, is: .character, help: "what stands between cells"),
        Setting(
            "decimal", \.format.decimal, is: .character,
            help: "what stands before the fraction of a number"),
        Setting(
            "thousands", \.format.thousands, is: .character,
            help: "what stands between groups of three digits"),
        Setting(
            "comment", \.format.comment, is: .character,
            help: "what begins a comment, up to the end of the line"),
        Setting(
            "skip", \.format.skippedLines, is: .integer(atLeast: 0),
            help: "how many lines to pass over at the start"),
    ]
}
