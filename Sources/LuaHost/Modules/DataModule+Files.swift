internal import LuaBridge
internal import NN
internal import Running

/// Data sets from files: what a format needs is named in a table of options.
extension DataModule {
    /// `data.idx { images, labels }`.
    func idx(_ call: LuaCall) throws -> LuaAnswer {
        let (options, reader) = try IDXOptions.read(call[1], owner: "data.idx")
        let path = "the path of an IDX file"
        let images = try reader.required(options.images, "images", expected: path)
        let labels = try reader.required(options.labels, "labels", expected: path)
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

    /// `data.npy { features, labels, regression, pixels }`: two paths.
    func npy(_ call: LuaCall) throws -> LuaAnswer {
        let (options, reader) = try ArrayOptions.read(call[1], owner: "data.npy")
        let path = "the path of a .npy file"
        let features = try reader.required(options.features, "features", expected: path)
        let labels = try reader.required(options.labels, "labels", expected: path)
        return try call.return(
            object: Dataset(
                npyFeatures: files.toRead(features), labels: files.toRead(labels),
                regression: options.regression, pixels: options.pixels))
    }

    /// `data.npz(path, { features, labels, regression, pixels })`: the names of two arrays. Without
    /// `features`, scipy's sparse matrix and the path of its labels.
    func npz(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let (options, reader) = try ArrayOptions.read(call[2], owner: "data.npz")
        guard let features = options.features else {
            return try call.return(object: sparse(path, options, reader: reader))
        }
        let labels = try reader.required(options.labels, "labels", expected: "the name of an array")
        return try call.return(
            object: Dataset(
                npz: path, features: features, labels: labels, regression: options.regression,
                pixels: options.pixels))
    }

    private func sparse(
        _ path: String, _ options: ArrayOptions, reader: OptionReader
    ) throws -> Dataset {
        let labels = try reader.required(
            options.labels, "labels",
            expected: "the path of a .npy file with the labels of a sparse matrix")
        guard !reader.has("pixels") else {
            throw reader.error("pixels", expected: "nothing for a sparse matrix")
        }
        return try Dataset(
            scipySparse: path, labels: files.toRead(labels), regression: options.regression)
    }

    /// `data.arff(path [, { label, regression, columns, drop, missing }])`.
    func arff(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        guard !call.isNil(2) else { return try call.return(object: Dataset(arff: path)) }
        var (options, reader) = try ARFFOptions.read(call[2], owner: "data.arff")
        if reader.has("label") { options.label = try reader.label() }
        options.columns = try reader.columnChoice()
        options.missing = try reader.missing() ?? .refused
        return try call.return(object: Dataset(arff: path, options))
    }

    /// `data.libsvm(path [, { regression, features, zero_based, like }])`.
    func libsvm(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        guard !call.isNil(2) else { return try call.return(object: Dataset(libsvm: path)) }
        let (options, reader) = try LIBSVMOptions.read(call[2], owner: "data.libsvm")
        let like = try reader.dataset("like")
        for field in ["features", "zero_based"] where like != nil && reader.has(field) {
            throw reader.error(field, expected: "nothing beside like")
        }
        return try call.return(
            object: Dataset(
                libsvm: path, regression: options.regression, features: options.features,
                zeroBased: options.zeroBased, like: like))
    }
}
