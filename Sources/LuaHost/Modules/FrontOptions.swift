internal import Engine
internal import LuaBridge
internal import Results

/// Reads a reference point: by objective, or as an array in the objectives' order, with nothing else
/// in it.
enum ReferenceReader {
    static func point(
        _ value: LuaValue, objectives: [Objective], owner: String
    ) throws -> [Double] {
        guard case .table(let given) = value else {
            throw LuaError("\(owner): expected a table of numbers, got \(value.shown)")
        }
        let values = try values(of: OptionReader.plain(given, owner), objectives, owner)
        return try zip(objectives, values).map { objective, value in
            guard let number = value.asNumber, number.isFinite else {
                throw LuaError(
                    "\(owner): \(objective.name): expected a finite number, got \(value.shown)")
            }
            return number
        }
    }

    /// One for each objective, nil where the table has none.
    private static func values(
        of table: LuaTable, _ objectives: [Objective], _ owner: String
    ) throws -> [LuaValue] {
        let names = objectives.map(\.name)
        guard try !table.rawGet(1).isNil else {
            let reader = try OptionReader(
                .table(table), owner: owner, known: names, what: "objective")
            return names.map { reader[$0] }
        }
        let elements = try arrayElements(of: table, owner)
        guard elements.count <= names.count else {
            throw LuaError(
                "\(owner): expected \(names.count) numbers, for \(names.joined(separator: ", ")), "
                    + "got \(elements.count)")
        }
        return names.indices.map { $0 < elements.count ? elements[$0] : .nil }
    }
}

/// Reads `epsilon`: a share of the front's range, or by objective an amount in its own unit.
enum EpsilonReader {
    /// Nil where the option is missing.
    static func epsilon(
        _ options: OptionReader, _ objectives: [Objective]
    ) throws -> Pareto.Epsilon? {
        switch options["epsilon"] {
        case .nil: return nil
        case .table(let table):
            return .amounts(try amounts(table, options: options, objectives: objectives))
        case let value:
            guard let share = value.asNumber, share >= 0, share < 1 else {
                throw options.error(
                    "epsilon",
                    expected: "a share of the front's range, from 0 to below 1, or a table of "
                        + "amounts by objective")
            }
            return .share(share)
        }
    }

    private static func amounts(
        _ table: LuaTable, options: OptionReader, objectives: [Objective]
    ) throws -> [Double] {
        let owner = "\(options.owner): epsilon"
        let amounts = try OptionReader(
            .table(table), owner: owner, known: objectives.map(\.name))
        return try objectives.map { objective in
            let amount = try amounts.number(objective.name) ?? 0
            guard amount >= 0, amount.isFinite else {
                throw amounts.error(objective.name, expected: "a finite number of at least 0")
            }
            return amount
        }
    }
}
