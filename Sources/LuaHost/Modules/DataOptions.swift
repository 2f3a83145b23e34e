internal import NN
internal import Settings

// The options of data sets that are no tables of columns. A field that is nil was not given.

/// What `data.idx` takes.
struct IDXOptions: SettingOptions {
    var images: String?
    var labels: String?

    static let settings: [Setting<IDXOptions>] = [
        Setting(
            "images", \.images, is: .text, type: "path", standard: "needed",
            help: "images of bytes, which become features 0…1"),
        Setting(
            "labels", \.labels, is: .text, type: "path", standard: "needed",
            help: "a class for each of them"),
    ]
}

/// What `data.npy` and `data.npz` take.
struct ArrayOptions: SettingOptions {
    var features: String?
    var labels: String?
    var regression = false
    var pixels = false

    static let settings: [Setting<ArrayOptions>] = [
        Setting(
            "features", \.features, is: .text, type: "path; for `npz` the name of an array",
            standard: "needed; for `npz` scipy's sparse matrix",
            help: "numbers or booleans, rows first"),
        Setting(
            "labels", \.labels, is: .text,
            type: "path; for `npz` the name of an array, beside a sparse matrix a path",
            standard: "needed", help: "for each row a class, or what is to be predicted"),
        ColumnSettings.regression(\.regression, of: "the labels are"),
        Setting(
            "pixels", \.pixels, is: .boolean,
            help: "whether features that are bytes are scaled to 0…1; not of a sparse matrix"),
    ]
}

/// What `data.libsvm` takes.
struct LIBSVMOptions: SettingOptions {
    var regression = false
    var features: Int?
    var zeroBased: Bool?

    static let settings: [Setting<LIBSVMOptions>] = [
        ColumnSettings.regression(\.regression, of: "the labels are"),
        Setting(
            "features", \.features, is: .integer(atLeast: 1), standard: "the greatest index",
            help: "how many there are, where the file does not reach the last one"),
        Setting(
            "zero_based", \.zeroBased, is: .boolean, standard: "whether the index 0 occurs",
            help: "whether indices count from 0 and not from 1"),
        Setting(
            "like", type: "data set",
            help: "another such set, of which both are taken. A test set is read like its "
                + "training set"),
    ]
}

/// What `data.table` takes.
struct TableOptions: SettingOptions {
    var regression = false

    static let settings: [Setting<TableOptions>] = [
        ColumnSettings.regression(\.regression, of: "the labels are")
    ]
}

/// What `ds:split` and `ds:folds` take.
struct DrawingOptions: SettingOptions {
    var seed = 0
    var stratify = false

    static let settings: [Setting<DrawingOptions>] = [
        Setting("seed", \.seed, is: .integer(), help: "the order of the rows follows from it"),
        Setting(
            "stratify", \.stratify, is: .boolean,
            help: "whether each class has the same share in all parts"),
    ]
}
