package import Settings

extension ARFFOptions: SettingOptions {
    /// What `data.arff` takes.
    package static let settings: [Setting<ARFFOptions>] = [
        ColumnSettings.label(standard: "−1"), ColumnSettings.regression(\.regression),
        ColumnSettings.columns(), ColumnSettings.drop(), ColumnSettings.missing(),
    ]
}
