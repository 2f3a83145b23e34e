internal import Engine
internal import LuaBridge

/// Reads `prior = { 1e-3, confidence = "medium" }`.
enum PriorReader {
    /// The prior among the options of a number; nil where none is given.
    ///
    /// - Throws: `LuaError` that names the field.
    static func prior(_ options: OptionReader) throws -> Prior? {
        guard options.has("prior") else { return nil }
        let expected = "{ value, confidence = \"low\", \"medium\" or \"high\" }"
        guard case .table(let table) = options["prior"] else {
            throw options.error("prior", expected: expected)
        }
        let owner = "\(options.owner): prior"
        var (value, confidence) = (Double?.none, Prior.Confidence.medium)
        for (key, content) in try OptionReader.plain(table, owner).rawPairs() {
            switch key {
            case .integer(1):
                guard let number = content.asNumber else {
                    throw LuaError("\(owner)[1]: expected a number, got \(content.shown)")
                }
                value = number
            case .string(let name) where name.text == "confidence":
                confidence = try Self.confidence(content, owner)
            case .string(let name):
                throw LuaError(
                    "\(owner): "
                        + OptionReader.unknown(
                            name.text ?? key.shown, known: ["confidence"]))
            default: throw LuaError("\(owner): expected \(expected), found the key \(key.shown)")
            }
        }
        guard let value else {
            throw LuaError("\(owner): expected \(expected), got no value")
        }
        return Prior(value, confidence: confidence)
    }

    private static func confidence(
        _ value: LuaValue, _ owner: String
    ) throws -> Prior.Confidence {
        guard case .string(let name) = value,
            let confidence = name.text.flatMap(Prior.Confidence.init)
        else {
            throw LuaError(
                "\(owner): confidence: expected one of \"low\", \"medium\", \"high\", "
                    + "got \(value.shown)")
        }
        return confidence
    }
}
