internal import Engine
internal import LuaBridge

/// Reads constraints: `{ n_parameters = { max = 10000 }, recall = { min = 0.8 } }`.
enum ConstraintsReader {
    /// The constraints by name, in the order of the names; none where nothing is given.
    static func constraints(_ options: OptionReader) throws -> [Constraint] {
        guard options.has("constraints") else { return [] }
        let owner = "\(options.owner): constraints"
        guard case .table(let given) = options["constraints"] else {
            throw LuaError(
                "\(owner): expected a table such as { n_parameters = { max = 10000 } }, "
                    + "got \(options["constraints"].shown)")
        }
        let pairs = try OptionReader.plain(given, owner).rawPairs()
        return try pairs.map { key, value in
            guard case .string(let bytes) = key, let name = bytes.textWithoutNUL else {
                throw LuaError("\(owner): expected names of metrics as keys, found \(key.shown)")
            }
            return try constraint(name, value, owner: "\(owner): \(name)")
        }
        .sorted { Name($0.metric) < Name($1.metric) }
    }

    private static func constraint(
        _ name: String, _ value: LuaValue, owner: String
    ) throws -> Constraint {
        guard !ObjectivesReader.reserved.contains(name) else {
            throw LuaError("\(owner): a point has a field of this name; choose another")
        }
        guard case .table = value else {
            throw LuaError("\(owner): expected { max = … } or { min = … }, got \(value.shown)")
        }
        let bounds = try OptionReader(value, owner: owner, known: ["min", "max"], what: "bound")
        do {
            return try Constraint(
                name, minimum: bounds.number("min"), maximum: bounds.number("max"))
        } catch let error as SettingError {
            throw LuaError("\(owner): expected \(error.expected), got \(error.got)")
        }
    }
}
