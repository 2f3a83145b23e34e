internal import Engine
internal import LuaBridge
internal import Results

/// The module `mohpo`: spaces, schedulers, experiments, and fronts of plain tables.
struct ExperimentModule {
    let experiments: ExperimentRunner
    let prelude: Prelude
    let files: FileAccess
    /// Nil in the sandbox.
    let programs: ProgramModule?

    func define(in lua: LuaState) throws {
        try DomainConstructors.define(in: lua)
        try SchedulerObject.define(in: lua)
        try Reporter.define(in: lua)
        try OpenStudyBinding().define(in: lua)
        try SpaceObject.define(in: lua, prelude)
        try StudyBinding(prelude: prelude, files: files).define(in: lua)
        try lua.defineStrictly(ExperimentObject.self, name: "Experiment") { type in
            type.property("name") { .text($0.declaration.name) }
            type.property("space") { try $1.return(object: $0.declaration.space) }
            type.method("open", taking: []) { [experiments] object, call in
                try call.return(object: experiments.open(object))
            }
            type.method("run", taking: []) { [experiments] object, call in
                try call.return(object: experiments.run(object))
            }
            type.metamethod("__tostring") { object, call in
                try call.return("Experiment \(object.declaration.name)")
            }
        }
    }

    func open(_ call: LuaCall) throws -> LuaAnswer {
        let lua = call.state
        let fronts = FrontFunctions(prelude: prelude)
        let functions = [
            ModuleFunction("experiment", taking: ["options"], experiment).payingForCopies,
            ModuleFunction("simulate", taking: ["experiment"], simulate),
            ModuleFunction("load", taking: ["study"]) { [experiments, files] call in
                try call.return(object: experiments.load(call.path(1), files))
            },
            ModuleFunction("space", taking: ["parameters"], SpaceObject.make).payingForCopies,
            ModuleFunction("hyperband", taking: ["options"]) {
                try $0.return(object: SchedulerObject(SchedulerReader.scheduler($0[1])))
            }.payingForCopies,
            ModuleFunction(
                "pareto_front", taking: ["history", "objectives", "options"], fronts.front),
            ModuleFunction(
                "hypervolume", taking: ["points", "objectives", "reference"], fronts.hypervolume),
            ModuleFunction("knee", taking: ["points", "objectives"], fronts.knee),
        ]
        return try call.return(
            lua.module(
                "ag", prefix: "ag.",
                DomainConstructors.functions.map(\.payingForCopies) + functions
                    + (programs?.functions ?? [])))
    }

    /// `ag.simulate(experiment)`: runs it on the clock of what its trials report as `elapsed`.
    private func simulate(_ call: LuaCall) throws -> LuaAnswer {
        guard case .object(let object) = try call[1],
            let experiment = object.object as? ExperimentObject
        else {
            throw LuaError(
                "ag.simulate: expected an experiment (ag.experiment { … }), "
                    + "got \(try call[1].shown)")
        }
        return try call.return(object: experiments.run(experiment, isSimulated: true))
    }

    private func experiment(_ call: LuaCall) throws -> LuaAnswer {
        let declaration = try ExperimentDeclaration(
            call, defaultName: experiments.scriptName, isServed: experiments.isServed)
        try programs?.check(declaration)
        return try call.return(object: experiments.declared(declaration))
    }
}
