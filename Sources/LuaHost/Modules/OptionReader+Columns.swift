internal import LuaBridge
internal import NN

/// What several kinds of data sets take in their options.
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
    func columns(_ field: String) throws -> [ColumnReference]? {
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

    /// A text that has to be there.
    ///
    /// - Parameter text: what was read of the field.
    func required(
        _ text: String?, _ field: String, expected: String
    ) throws -> String {
        guard let text else { throw error(field, expected: expected) }
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
