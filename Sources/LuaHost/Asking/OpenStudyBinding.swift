internal import Engine
internal import LuaBridge
internal import Running

/// `experiment:open()`: a script that asks for trials and tells results itself.
struct OpenStudyBinding {
    func define(in lua: LuaState) throws {
        try lua.defineStrictly(OpenStudy.self, name: "OpenStudy") { type in
            type.method("ask", taking: []) { study, call in
                try study.turn()
                guard case .trial(let trial) = study.executor.ask() else {
                    return try call.return(LuaTree.nil)
                }
                return try call.return(object: OpenTrial(study, trial))
            }
            type.method("add", taking: ["configuration"], add)
            type.method("close", taking: []) { study, call in
                try call.return(object: study.close())
            }
            type.metamethod("__close") { study, call in
                try study.close()
                return try call.return()
            }
            type.metamethod("__tostring") { study, call in
                try call.return("OpenStudy \(study.loop.state.definition.name)")
            }
        }
        try lua.defineStrictly(OpenTrial.self, name: "OpenTrial") { type in
            type.property("id") { .integer($0.trial.id) }
            type.property("args") { open in
                let known = open.study.loop.state.trial(open.trial.id)
                return known.flatMap { open.study.arguments.table(of: $0)?.luaTree } ?? .nil
            }
            type.property("resource") { $0.trial.resource.luaTree }
            type.property("dir") { .text($0.trial.directory) }
            type.method("report", taking: ["metrics"], report)
            type.method("checkpoint", taking: ["resource"]) { trial, call in
                _ = try trial.tell("checkpoint", .checkpoint(call.resource(2)))
                return try call.return()
            }
            type.method("done", taking: []) { trial, call in
                _ = try trial.tell("done", .done)
                return try call.return()
            }
            type.method("fail", taking: ["why"]) { trial, call in
                _ = try trial.tell("fail", .fail(call.text(2)))
                return try call.return()
            }
            type.metamethod("__tostring") { trial, call in
                try call.return("trial \(trial.trial.id)")
            }
        }
    }

    /// `trial:report { … }`: "go", "stop" and why, or "paused".
    private func report(_ trial: OpenTrial, _ call: LuaCall) throws -> LuaAnswer {
        switch try trial.tell("report", .report(ReportReader.fields(call))) {
        case .stop(let why): return try call.return(all: [.text("stop"), .text(why)])
        case .paused: return try call.return("paused")
        default: return try call.return("go")
        }
    }

    /// `study:add { … }`
    private func add(_ study: OpenStudy, _ call: LuaCall) throws -> LuaAnswer {
        guard case .table(let table) = try call[2] else {
            throw LuaError("add: expected a table of parameters, got \(try call[2].shown)")
        }
        let configuration = try GivenReader.configuration(
            .table(table), in: study.loop.state.definition.space, owner: "add")
        try study.turn()
        study.executor.add(configuration)
        return try call.return()
    }
}
