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

    /// `data.csv(path, { label, regression, one_hot, like, separator, header, names })`.
    func csv(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let options = try OptionReader(
            call[2], owner: "data.csv",
            known: ["label", "regression", "one_hot", "like", "separator", "header", "names"])
        let like = try options.dataset("like")
        guard like == nil || !options.has("one_hot") else {
            throw options.error("one_hot", expected: "nothing beside like")
        }
        return try call.return(
            object: Dataset(
                csv: path, label: label(options),
                regression: options.boolean("regression") ?? false,
                oneHot: oneHot(options), like: like, separator: separator(options),
                header: options.boolean("header"), names: names(options),
                warn: { observer.log(.warning, $0) }))
    }

    /// The label's column, by name or number.
    private func label(_ options: OptionReader) throws -> ColumnReference {
        if let number = options["label"].asInteger { return .number(number) }
        guard case .string = options["label"], let name = try options.text("label") else {
            throw options.error("label", expected: "the name or the number of the label's column")
        }
        return .name(name)
    }

    private func names(_ options: OptionReader) throws -> [String]? {
        try options.elements("names")?.enumerated().map { index, name in
            guard case .string(let bytes) = name, let text = bytes.textWithoutNUL else {
                throw LuaError(
                    "\(options.owner): names[\(index + 1)]: expected the name of a column, "
                        + "got \(name.shown)")
            }
            return text
        }
    }

    /// `true` for all columns of text, or an array of names.
    private func oneHot(_ options: OptionReader) throws -> OneHotColumns {
        switch options["one_hot"] {
        case .nil: return .none
        case .boolean(let all): return all ? .text : .none
        case .table:
            return .named(try options.columns("one_hot")!)
        default:
            throw options.error("one_hot", expected: "true, false or an array of column names")
        }
    }

    private func separator(_ options: OptionReader) throws -> Unicode.Scalar {
        guard let text = try options.text("separator") else { return "," }
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            throw options.error("separator", expected: "one character")
        }
        return scalar
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

    /// `data.npz(path, { features, labels, regression, pixels })`: the names of two arrays.
    func npz(_ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toRead(call.path(1))
        let options = try OptionReader(
            call[2], owner: "data.npz", known: Self.arrayOptions)
        let features = try options.required("features", "the name of an array")
        let labels = try options.required("labels", "the name of an array")
        return try call.return(
            object: Dataset(
                npz: path, features: features, labels: labels,
                regression: options.boolean("regression") ?? false,
                pixels: options.boolean("pixels") ?? false))
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
    /// An array of columns by name or number.
    fileprivate func columns(_ field: String) throws -> [ColumnReference]? {
        try elements(field)?.enumerated().map { index, value in
            if let number = value.asInteger { return .number(number) }
            guard case .string(let bytes) = value, let text = bytes.text else {
                throw LuaError(
                    "\(owner): \(field)[\(index + 1)]: expected the name or the number of a column, "
                        + "got \(value.shown)")
            }
            return .name(text)
        }
    }

    /// A text that has to be there.
    fileprivate func required(_ field: String, _ expected: String) throws -> String {
        guard let text = try text(field) else { throw error(field, expected: expected) }
        return text
    }

    fileprivate func dataset(_ field: String) throws -> Dataset? {
        switch self[field] {
        case .nil: return nil
        case .object(let object):
            if let data = object.object as? Dataset { return data }
            fallthrough
        default: throw error(field, expected: "a data set")
        }
    }
}
