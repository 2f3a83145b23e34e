internal import Engine
internal import LuaBridge
internal import Results

/// `ag.pareto_front`, `ag.hypervolume` and `ag.knee`: from plain tables, no study needed.
struct FrontFunctions {
    let prelude: Prelude

    /// The points of an array of points, or of a history: an array of arrays of points.
    private struct Points {
        let tables: [LuaTable]
        let values: [[Double]]
        let objectives: [Objective]
    }

    /// `ag.pareto_front(history, objectives [, { epsilon = … }])`: the given tables that are on the
    /// front.
    func front(_ call: LuaCall) throws -> LuaAnswer {
        let owner = "ag.pareto_front"
        let points = try points(call, owner)
        let options =
            call.isNil(3) ? nil : try OptionReader(call[3], owner: owner, known: ["epsilon"])
        let epsilon = try options.flatMap { try EpsilonReader.epsilon($0, points.objectives) }
        let front =
            try epsilon.map {
                try Pareto.front(points.values, objectives: points.objectives, epsilon: $0)
            } ?? Pareto.front(points.values, objectives: points.objectives)
        return try call.return(
            LuaTree.array(
                front.map { points.tables[$0].luaTree }, metatable: prelude.list))
    }

    /// `ag.hypervolume(points, objectives [, reference])`
    func hypervolume(_ call: LuaCall) throws -> LuaAnswer {
        let points = try points(call, "ag.hypervolume")
        let reference =
            call.isNil(3)
            ? nil
            : try ReferenceReader.point(
                call[3], objectives: points.objectives, owner: "ag.hypervolume: reference")
        return try call.return(
            Pareto.hypervolume(
                points.values, objectives: points.objectives, reference: reference))
    }

    /// `ag.knee(points, objectives)`: the given table that is the knee, nil without points.
    func knee(_ call: LuaCall) throws -> LuaAnswer {
        let points = try points(call, "ag.knee")
        let knee = Pareto.knee(points.values, objectives: points.objectives)
        return try call.return(knee.map { points.tables[$0].luaTree } ?? .nil)
    }

    private func points(_ call: LuaCall, _ owner: String) throws -> Points {
        let objectives = try ObjectivesReader.objectives(call[2], owner)
        guard case .table(let history) = try call[1] else {
            throw LuaError("\(owner): expected an array of points, got \(try call[1].shown)")
        }
        let tables = try flattened(history, owner, depth: 0)
        let values = try tables.enumerated().map { index, table in
            try objectives.map { objective in
                let value = try table.rawGet(objective.name)
                guard let number = value.asNumber else {
                    throw LuaError(
                        "\(owner): point \(index + 1): \(objective.name): expected a number, "
                            + "got \(value.shown)")
                }
                return number
            }
        }
        return Points(tables: tables, values: values, objectives: objectives)
    }

    /// A table with elements 1…n is a list of points or of lists; any other is a point.
    private func flattened(_ table: LuaTable, _ owner: String, depth: Int) throws -> [LuaTable] {
        guard depth < 3 else {
            throw LuaError("\(owner): expected points, or arrays of points, got a deeper nesting")
        }
        if depth == 0, try table.rawCount == 0, let (key, _) = try table.rawPairs().first {
            throw LuaError(
                "\(owner): expected an array of points, got a table with the key \(key.shown) "
                    + "(a point alone is { point })")
        }
        return try (1..<(table.rawCount + 1)).flatMap { index in
            guard case .table(let element) = try table.rawGet(index) else {
                throw LuaError(
                    "\(owner): [\(index)]: expected a point or an array of points, "
                        + "got \(try table.rawGet(index).shown)")
            }
            let isList = try depth < 2 && element.rawCount > 0
            let isEmpty = try element.rawPairs().isEmpty
            if isEmpty { return [LuaTable]() }
            return isList ? try flattened(element, owner, depth: depth + 1) : [element]
        }
    }
}
