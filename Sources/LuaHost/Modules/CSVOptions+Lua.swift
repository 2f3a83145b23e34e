internal import LuaBridge
internal import NN

extension CSVOptions {
    private static let known = [
        "label", "regression", "columns", "drop", "one_hot", "missing", "standardize", "like",
        "header", "names", "separator", "decimal", "thousands", "comment", "skip",
    ]

    /// The options of `data.csv`.
    init(_ value: LuaValue, owner: String) throws {
        let options = try OptionReader(value, owner: owner, known: Self.known)
        self.init(label: try options.label())
        regression = try options.boolean("regression") ?? false
        columns = try options.columnChoice()
        oneHot = try options.oneHot()
        missing = try options.missing()
        standardize = try options.boolean("standardize")
        like = try options.dataset("like")
        for field in ["one_hot", "columns"] where like != nil && options.has(field) {
            throw options.error(field, expected: "nothing beside like")
        }
        header = try options.boolean("header")
        names = try options.columnNames("names")
        format.separator = try options.character("separator") ?? format.separator
        format.decimal = try options.character("decimal") ?? format.decimal
        format.thousands = try options.character("thousands")
        format.comment = try options.character("comment")
        format.skippedLines = try options.integer("skip", atLeast: 0) ?? 0
    }
}

extension OptionReader {
    /// The label's column, by name or number.
    func label() throws -> ColumnReference {
        if let number = self["label"].asInteger { return .number(number) }
        guard case .string = self["label"], let name = try text("label") else {
            throw error("label", expected: "the name or the number of the label's column")
        }
        return .name(name)
    }

    /// `columns`, those that become features, or `drop`, those that do not.
    func columnChoice() throws -> ColumnChoice {
        guard !has("columns") || !has("drop") else {
            throw error("drop", expected: "nothing beside columns")
        }
        if let chosen = try columns("columns") { return .only(chosen) }
        return try columns("drop").map { .without($0) } ?? .all
    }

    /// An array of columns by name or number.
    private func columns(_ field: String) throws -> [ColumnReference]? {
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

    /// `true` for all columns of text, or an array of names.
    fileprivate func oneHot() throws -> OneHotColumns {
        switch self["one_hot"] {
        case .nil: return .none
        case .boolean(let all): return all ? .text : .none
        case .table: return .named(try columns("one_hot")!)
        default: throw error("one_hot", expected: "true, false or an array of column names")
        }
    }

    /// `"error"`, `"drop"`, `"mean"` or a number.
    func missing() throws -> MissingValues? {
        if let number = self["missing"].asNumber {
            guard Float(number).isFinite else {
                throw error("missing", expected: "a finite number")
            }
            return .value(Float(number))
        }
        switch self["missing"] {
        case .nil: return nil
        case .string(let text) where text == LuaString("error"): return .refused
        case .string(let text) where text == LuaString("drop"): return .dropped
        case .string(let text) where text == LuaString("mean"): return .mean
        default:
            throw error("missing", expected: "\"error\", \"drop\", \"mean\" or a number")
        }
    }

    fileprivate func columnNames(_ field: String) throws -> [String]? {
        try elements(field)?.enumerated().map { index, name in
            guard case .string(let bytes) = name, let text = bytes.textWithoutNUL else {
                throw LuaError(
                    "\(owner): \(field)[\(index + 1)]: expected the name of a column, "
                        + "got \(name.shown)")
            }
            return text
        }
    }

    fileprivate func character(_ field: String) throws -> Unicode.Scalar? {
        guard let text = try text(field) else { return nil }
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            throw error(field, expected: "one character")
        }
        return scalar
    }
}
