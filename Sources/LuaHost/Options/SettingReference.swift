internal import Engine
internal import NN
internal import Settings

/// The settings that a table of a script may hold, for the reference and for editors.
package struct SettingReference: Sendable {
    /// What the table is handed to: `ag.hyperband`.
    package let owner: String
    /// The class of the table in `share/mohpo.d.lua`.
    package let annotation: String
    /// A row for each setting: name, type, default, meaning.
    package let rows: [[String]]

    private init<Options: SettingOptions>(
        of owner: String, _ annotation: String, _ options: Options.Type
    ) {
        self.owner = owner
        self.annotation = annotation
        rows = options.settings.map { setting in
            [setting.key, setting.type, setting.standard, setting.meaning]
        }
    }

    /// All tables whose settings are declared. A new one adds its line here.
    package static let all = [
        SettingReference(of: "ag.Int", "mohpo.IntOptions", IntOptions.self),
        SettingReference(of: "ag.Real", "mohpo.RealOptions", RealOptions.self),
        SettingReference(of: "ag.experiment", "mohpo.ExperimentOptions", ExperimentOptions.self),
        SettingReference(of: "ag.hyperband", "mohpo.HyperbandOptions", HyperbandOptions.self),
        SettingReference(
            of: "scalarization_options", "mohpo.ScalarizationOptions", RankingOptions.self),
        SettingReference(of: "nn.MLPClassifier", "mohpo.MLPOptions", MLPOptions.self),
        SettingReference(of: "data.csv", "mohpo.CSVOptions", CSVOptions.self),
        SettingReference(of: "data.idx", "mohpo.IDXOptions", IDXOptions.self),
        SettingReference(of: "data.npy and data.npz", "mohpo.ArrayOptions", ArrayOptions.self),
        SettingReference(of: "data.arff", "mohpo.ARFFOptions", ARFFOptions.self),
        SettingReference(of: "data.libsvm", "mohpo.LIBSVMOptions", LIBSVMOptions.self),
        SettingReference(of: "data.table", "mohpo.TableOptions", TableOptions.self),
        SettingReference(of: "ds:split and ds:folds", "mohpo.DrawingOptions", DrawingOptions.self),
        SettingReference(of: "ag.command", "mohpo.CommandOptions", CommandOptions.self),
        SettingReference(of: "stop of ag.command", "mohpo.EndingOptions", EndingOptions.self),
        SettingReference(of: "ag.spawn", "mohpo.SpawnOptions", SpawnOptions.self),
    ]
}
