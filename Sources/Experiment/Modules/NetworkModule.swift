internal import LuaBridge
internal import NN

/// The module `mohpo.nn`: networks as objects of the script's.
struct NetworkModule {
    let host: ScriptHost

    func open(_ call: LuaCall) throws -> LuaAnswer {
        try call.return(
            LuaTree.record([
                ("MLPClassifier", try call.state.function("MLPClassifier", classifier).luaTree)
            ]))
    }

    private func classifier(_ call: LuaCall) throws -> LuaAnswer {
        let owner = "nn.MLPClassifier"
        var options = try MLPOptions(
            call.isNil(1) ? .table(call.state.table()) : call[1], owner: owner)
        options.seed = options.seed ?? host.nextNetworkSeed()
        do {
            return try call.return(object: MLPClassifier(options))
        } catch let error as NNError {
            throw LuaError("\(owner): \(error)")
        }
    }

    // MARK: - Methods

    func define(in lua: LuaState) throws {
        try lua.define(MLPClassifier.self, name: "MLPClassifier") { type in
            type.property("n_parameters") { $0.parameterCount.map { .integer($0) } ?? .nil }
            type.property("loss_curve") { .array($0.lossCurve.map { .number($0) }) }
            type.property("classes") { .array($0.classes.map(\.luaTree)) }
            type.metamethod("__tostring") { network, call in try call.return(network.summary) }
            type.method("fit") { network, call in
                try onData(call) {
                    try network.fit($0, cancellation: $1)
                } answer: { call, _ in
                    try call.return(call[1])
                }
            }
            type.method("partial_fit") { network, call in
                try onData(call) {
                    try network.partialFit($0, cancellation: $1)
                } answer: { call, _ in
                    try call.return(call[1])
                }
            }
            type.method("score") { network, call in
                try onData(call) {
                    try network.score($0, cancellation: $1)
                } answer: {
                    try $0.return($1)
                }
            }
            type.method("loss") { network, call in
                try onData(call) {
                    try network.loss($0, cancellation: $1)
                } answer: {
                    try $0.return($1)
                }
            }
            type.method("predict") { network, call in
                try onData(call) {
                    try network.predict($0, cancellation: $1)
                } answer: {
                    try $0.return(LuaTree.array($1.map(\.luaTree)))
                }
            }
            type.method("predict_proba") { network, call in
                try onData(call) {
                    try network.predictProbabilities($0, cancellation: $1)
                } answer: { call, rows in
                    try call.return(
                        LuaTree.array(rows.map { .array($0.map { .number(Double($0)) }) }))
                }
            }
            type.method("time_predict", timePredict)
        }
    }

    /// An operation on the data set in argument 2.
    private func onData<Result: Sendable>(
        _ call: LuaCall,
        _ body: @escaping @Sendable (Dataset, CancellationToken) throws -> Result,
        answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        let data: Dataset = try call.object(2)
        return try host.perform(call, .shared, { try body(data, $0) }, answer: answer)
    }

    /// `mlp:time_predict(ds [, { fresh }])`: measured alone, once for each shape and data set.
    private func timePredict(_ network: MLPClassifier, _ call: LuaCall) throws -> LuaAnswer {
        let data: Dataset = try call.object(2)
        let options =
            try call.isNil(3)
            ? nil
            : OptionReader(call[3], owner: "time_predict", known: ["fresh"])
        let fresh = try options?.boolean("fresh") ?? false
        let times = host.measuredTimes
        if !fresh, let time = times[network, data] { return try call.return(time) }
        return try host.perform(
            call, .alone,
            { token in
                // Another trial may have measured the same shape while this one waited its turn.
                if !fresh, let time = times[network, data] { return time }
                let time = try network.timePredict(data, cancellation: token)
                times[network, data] = time
                return time
            },
            answer: { try $0.return($1) })
    }
}

extension MLPClassifier {
    /// One line for `print`.
    var summary: String {
        parameterCount.map { "MLPClassifier: \($0) parameters" } ?? "MLPClassifier: not trained yet"
    }
}
