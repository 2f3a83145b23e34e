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
    /// `true` for all columns of text, or an array of names.
    fileprivate func oneHot() throws -> OneHotColumns {
        switch self["one_hot"] {
        case .nil: return .none
        case .boolean(let all): return all ? .text : .none
        case .table: return .named(try columns("one_hot")!)
        default: throw error("one_hot", expected: "true, false or an array of column names")
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
