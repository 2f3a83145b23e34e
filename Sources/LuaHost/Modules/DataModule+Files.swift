internal import LuaBridge
internal import NN
internal import Running

/// Data sets from files: what a format needs is named in a table of options.
extension DataModule {
    /// `data.idx { images, labels }`.
    func idx(_ call: LuaCall) throws -> LuaAnswer {
        let options = try OptionReader(
            call[1], owner: "data.idx", known: ["images", "labels"])
        let images = try options.required("images", "the path of an IDX file")
        let labels = try options.required("labels", "the path of an IDX file")
        return try call.return(
            object: Dataset(
                idxImages: files.toRead(images), labels: files.toRead(labels)))
    }

    /// `data.csv(path, { label, … })`.
    func csv(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let options = try CSVOptions(call[2], owner: "data.csv")
        return try call.return(
            object: Dataset(csv: path, options) { observer.log(.warning, $0) })
    }

    private static let arrayOptions = ["features", "labels", "regression", "pixels"]

    /// `data.npy { features, labels, regression, pixels }`: two paths.
    func npy(_ call: LuaCall) throws -> LuaAnswer {
        let options = try OptionReader(
            call[1], owner: "data.npy", known: Self.arrayOptions)
        let features = try options.required("features", "the path of a .npy file")
        let labels = try options.required("labels", "the path of a .npy file")
        return try call.return(
            object: Dataset(
                npyFeatures: files.toRead(features), labels: files.toRead(labels),
                regression: options.boolean("regression") ?? false,
                pixels: options.boolean("pixels") ?? false))
    }

    /// `data.npz(path, { features, labels, regression, pixels })`: the names of two arrays. Without
    /// `features`, scipy's sparse matrix and the path of its labels.
    func npz(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let options = try OptionReader(
            call[2], owner: "data.npz", known: Self.arrayOptions)
        guard options.has("features") else { return try sparse(call, path: path, options: options) }
        let features = try options.required("features", "the name of an array")
        let labels = try options.required("labels", "the name of an array")
        return try call.return(
            object: Dataset(
                npz: path, features: features, labels: labels,
                regression: options.boolean("regression") ?? false,
                pixels: options.boolean("pixels") ?? false))
    }

    private func sparse(
        _ call: LuaCall, path: String, options: OptionReader
    ) throws -> LuaAnswer {
        let labels = try options.required(
            "labels", "the path of a .npy file with the labels of a sparse matrix")
        guard !options.has("pixels") else {
            throw options.error("pixels", expected: "nothing for a sparse matrix")
        }
        return try call.return(
            object: Dataset(
                scipySparse: path, labels: files.toRead(labels),
                regression: options.boolean("regression") ?? false))
    }

    /// `data.arff(path [, { label, regression, columns, drop, missing }])`.
    func arff(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let options = try OptionReader(
            call.isNil(2) ? .table(call.state.table()) : call[2], owner: "data.arff",
            known: ["label", "regression", "columns", "drop", "missing"])
        var arff = ARFFOptions()
        if options.has("label") { arff.label = try options.label() }
        arff.regression = try options.boolean("regression") ?? false
        arff.columns = try options.columnChoice()
        arff.missing = try options.missing() ?? .refused
        return try call.return(object: Dataset(arff: path, arff))
    }

    /// `data.libsvm(path [, { regression, features, zero_based, like }])`.
    func libsvm(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let options = try OptionReader(
            call.isNil(2) ? .table(call.state.table()) : call[2], owner: "data.libsvm",
            known: ["regression", "features", "zero_based", "like"])
        let like = try options.dataset("like")
        for field in ["features", "zero_based"] where like != nil && options.has(field) {
            throw options.error(field, expected: "nothing beside like")
        }
        return try call.return(
            object: Dataset(
                libsvm: path, regression: options.boolean("regression") ?? false,
                features: options.integer("features", atLeast: 1),
                zeroBased: options.boolean("zero_based"), like: like))
    }
}

extension OptionReader {
    /// A text that has to be there.
    fileprivate func required(_ field: String, _ expected: String) throws -> String {
        guard let text = try text(field) else { throw error(field, expected: expected) }
        return text
    }

    /// A data set of the script's.
    func dataset(_ field: String) throws -> Dataset? {
        switch self[field] {
        case .nil: return nil
        case .object(let object):
            if let data = object.object as? Dataset { return data }
            fallthrough
        default: throw error(field, expected: "a data set")
        }
    }
}
