internal import LuaBridge
internal import NN

extension CSVOptions {
    /// The options of `data.csv`.
    init(_ value: LuaValue, owner: String) throws {
        let options = try OptionReader(value, owner: owner, for: CSVOptions.self)
        self.init(label: try options.label())
        try options.read(into: &self)
        columns = try options.columnChoice()
        oneHot = try options.oneHot()
        missing = try options.missing()
        like = try options.dataset("like")
        for field in ["one_hot", "columns"] where like != nil && options.has(field) {
            throw options.error(field, expected: "nothing beside like")
        }
        names = try options.columnNames("names")
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
}
