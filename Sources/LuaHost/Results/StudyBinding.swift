internal import Engine
internal import LuaBridge
internal import Platform
internal import Rendering
internal import Results

/// The methods and fields of a study in Lua.
struct StudyBinding {
    let prelude: Prelude
    let files: FileAccess

    func define(in lua: LuaState) throws {
        try lua.defineStrictly(StudyObject.self, name: "Study") { type in
            type.property("name") { .text($0.read.name) }
            type.property("seconds") { .number($0.seconds) }
            type.property("history") { [prelude] study, call in
                try call.return(study.historyTable(call.state, prelude))
            }
            type.property("trials") { [prelude] study, call in
                try call.return(study.trialsTable(call.state, prelude))
            }
            type.method("pareto_front", taking: ["options"], front)
            type.method("best", taking: ["objective"], best)
            type.method("knee", taking: []) { [prelude] study, call in
                try call.return(
                    study.read.knee().map { study.table(of: $0, prelude) } ?? .nil)
            }
            type.method("hypervolume", taking: ["options"], hypervolume)
            type.method("hypervolume_history", taking: ["options"], hypervolumeHistory)
            type.method("explain", taking: ["trial"], explain)
            type.method("importance", taking: []) { study, call in
                try call.return(study.importanceTable)
            }
            type.method("plot", taking: ["path", "options"], plot)
            type.method("save_csv", taking: ["path"]) {
                try save($0, call: $1, ending: ".csv") { $0.csv() }
            }
            type.method("save_json", taking: ["path"]) {
                try save($0, call: $1, ending: ".json") { $0.json() }
            }
            type.metamethod("__tostring") { study, call in try call.return(study.read.description) }
            type.metamethod("__len") { study, call in try call.return(study.read.state.trials.count)
            }
        }
    }

    /// `study:pareto_front([{ per = "report" | "trial", epsilon = share | { name = amount, … } }])`
    private func front(_ study: StudyObject, _ call: LuaCall) throws -> LuaAnswer {
        guard !call.isNil(2) else {
            return try call.return(study.table(of: study.read.front(), prelude))
        }
        let options = try OptionReader(call[2], owner: "pareto_front", known: ["per", "epsilon"])
        let scope: FrontScope = try options.choice("per") ?? .report
        let epsilon = try EpsilonReader.epsilon(options, study.objectives)
        let points =
            try epsilon.map { try study.read.front(per: scope, epsilon: $0) }
            ?? study.read.front(per: scope)
        return try call.return(study.table(of: points, prelude))
    }

    private func best(_ study: StudyObject, _ call: LuaCall) throws -> LuaAnswer {
        let name = try call.text(2)
        let names = study.objectives.map(\.name)
        guard names.contains(name) else {
            throw LuaError(
                "best: \(name): no such objective; there are \(names.joined(separator: ", "))")
        }
        return try call.return(
            study.read.best(in: name).map { study.table(of: $0, prelude) } ?? .nil)
    }

    /// `study:hypervolume([{ reference = { name = value, … } }])`
    private func hypervolume(_ study: StudyObject, _ call: LuaCall) throws -> LuaAnswer {
        let reference = try reference(study, call: call, owner: "hypervolume")
        return try call.return(study.read.hypervolume(reference: reference))
    }

    /// `study:hypervolume_history([{ reference = { name = value, … } }])`
    private func hypervolumeHistory(_ study: StudyObject, _ call: LuaCall) throws -> LuaAnswer {
        let reference = try reference(study, call: call, owner: "hypervolume_history")
        let steps = try study.read.hypervolumeHistory(reference: reference)
        return try call.return(study.table(of: steps))
    }

    private func reference(
        _ study: StudyObject, call: LuaCall, owner: String
    ) throws -> [Double]? {
        guard !call.isNil(2) else { return nil }
        let options = try OptionReader(call[2], owner: owner, known: ["reference"])
        guard options.has("reference") else { return nil }
        return try ReferenceReader.point(
            options["reference"], objectives: study.objectives, owner: "\(owner): reference")
    }

    private func explain(_ study: StudyObject, _ call: LuaCall) throws -> LuaAnswer {
        let id = try call.integer(2)
        guard let explanation = study.read.explanation(of: id) else {
            guard !study.isUnrun else {
                return try call.return("trial \(id) has not run: check runs nothing")
            }
            let count = study.state.trials.count
            throw LuaError(
                count == 0
                    ? "explain: the study has no trials, got \(id)"
                    : "explain: expected a trial from 1 to \(count), got \(id)")
        }
        return try call.return(explanation)
    }

    /// `study:plot(path [, { view = "front" | … }])`: SVG or HTML, by the ending.
    private func plot(_ study: StudyObject, _ call: LuaCall) throws -> LuaAnswer {
        let path = try call.path(2)
        let view = try view(call)
        if PathText.hasSuffix(path, ".svg") {
            return try save(study, call: call, ending: ".svg") { $0.svg(view ?? .front) }
        }
        if PathText.hasSuffix(path, ".html") {
            guard view == nil else {
                throw LuaError(
                    "plot: view: a page has all views; expected a path that ends in .svg, "
                        + "got \"\(path)\"")
            }
            return try save(study, call: call, ending: ".html") { $0.page }
        }
        throw LuaError("plot: expected a path that ends in .svg or .html, got \"\(path)\"")
    }

    /// Which view a picture is to show; nil where that is not said.
    private func view(_ call: LuaCall) throws -> StudyPlot? {
        guard !call.isNil(3) else { return nil }
        let options = try OptionReader(call[3], owner: "plot", known: ["view"])
        do { return try options.text("view").map(StudyPlot.init(named:)) } catch let error
            as UnknownPlot
        {
            throw LuaError("plot: view: \(error)")
        }
    }

    private func save(
        _ study: StudyObject, call: LuaCall, ending: String, text: (StudyView) -> String
    ) throws -> LuaAnswer {
        let path = try files.toWrite(call.path(2), ending: ending)
        guard study.writesFiles else {
            try OutputFile.check(path)
            return try call.return()
        }
        try OutputFile.write(text(study.read), to: path)
        return try call.return()
    }
}
