internal import Engine
internal import LuaBridge
internal import Report

/// The methods and fields of a study in Lua.
struct StudyType {
    let host: ScriptHost

    func define(in lua: LuaState) throws {
        try lua.define(Study.self, name: "Study") { type in
            type.property("name") { .text($0.name) }
            type.property("history") { [host] study, call in
                try call.return(study.historyTable(call.state, host.prelude))
            }
            type.property("trials") { [host] study, call in
                try call.return(study.trialsTable(call.state, host.prelude))
            }
            type.method("pareto_front", front)
            type.method("best", best)
            type.method("knee") { [host] study, call in
                try call.return(
                    study.state.knee().map { study.table(of: $0, host.prelude) } ?? .nil)
            }
            type.method("hypervolume", hypervolume)
            type.method("explain", explain)
            type.method("plot", plot)
            type.method("save_csv") { try Self.save($0, $1) { $0.csv() } }
            type.method("save_json") { try Self.save($0, $1) { $0.json() } }
            type.metamethod("__tostring") { study, call in try call.return(study.summary) }
            type.metamethod("__len") { study, call in try call.return(study.state.trials.count) }
        }
    }

    /// `study:pareto_front([{ per = "report" | "trial" }])`
    private func front(_ study: Study, _ call: LuaCall) throws -> LuaAnswer {
        var scope = FrontScope.report
        if !call.isNil(2) {
            let options = try OptionReader(call[2], owner: "pareto_front", known: ["per"])
            scope = try options.choice("per") ?? scope
        }
        return try call.return(study.table(of: study.state.front(per: scope), host.prelude))
    }

    private func best(_ study: Study, _ call: LuaCall) throws -> LuaAnswer {
        let name = try call.text(2)
        let names = study.objectives.map(\.name)
        guard names.contains(name) else {
            throw LuaError(
                "best: \(name): no such objective; there are \(names.joined(separator: ", "))")
        }
        return try call.return(
            study.state.best(in: name).map { study.table(of: $0, host.prelude) } ?? .nil)
    }

    /// `study:hypervolume([{ reference = { name = value, … } }])`
    private func hypervolume(_ study: Study, _ call: LuaCall) throws -> LuaAnswer {
        var reference: [Double]?
        if !call.isNil(2) {
            let options = try OptionReader(call[2], owner: "hypervolume", known: ["reference"])
            if options.has("reference") {
                reference = try ReferenceReader.point(
                    options["reference"], study.objectives, "hypervolume: reference")
            }
        }
        return try call.return(study.state.hypervolume(reference: reference))
    }

    private func explain(_ study: Study, _ call: LuaCall) throws -> LuaAnswer {
        let id = try call.integer(2)
        guard let explanation = study.state.explain(id) else {
            throw LuaError(
                "explain: expected a trial from 1 to \(study.state.trials.count), got \(id)")
        }
        return try call.return("\(explanation)")
    }

    /// `study:plot(path)`: SVG or HTML, by the ending.
    private func plot(_ study: Study, _ call: LuaCall) throws -> LuaAnswer {
        let path = try call.text(2)
        switch path.split(separator: ".").last {
        case "svg": return try Self.save(study, call) { $0.plot.svg() }
        case "html": return try Self.save(study, call) { $0.plot.html() }
        default:
            throw LuaError("plot: expected a path that ends in .svg or .html, got \"\(path)\"")
        }
    }

    private static func save(
        _ study: Study, _ call: LuaCall, _ text: (Study) -> String
    ) throws -> LuaAnswer {
        let path = try call.text(2)
        if !study.isUnrun { try OutputFile.write(text(study), to: path) }
        return try call.return()
    }
}

/// Reads a reference point: by objective, or as an array in the objectives' order.
enum ReferenceReader {
    static func point(
        _ value: LuaValue, _ objectives: [Objective], _ owner: String
    ) throws -> [Double] {
        guard case .table(let table) = value else {
            throw LuaError("\(owner): expected a table of numbers, got \(value.shown)")
        }
        let isArray = try !table.rawGet(1).isNil
        return try objectives.enumerated().map { index, objective in
            let value = try isArray ? table.rawGet(index + 1) : table.rawGet(objective.name)
            guard let number = value.asNumber, number.isFinite else {
                throw LuaError(
                    "\(owner): \(objective.name): expected a finite number, got \(value.shown)")
            }
            return number
        }
    }
}
