internal import LuaBridge
internal import NN
internal import Platform
internal import Running

/// The module `mohpo.nn`: networks as objects of the script's.
struct NetworkModule {
    let operations: NativeOperations
    let files: FileAccess

    func open(_ call: LuaCall) throws -> LuaAnswer {
        try call.return(
            call.state.module(
                "nn",
                [
                    ModuleFunction(MLPClassifier.name, taking: ["options"]) {
                        try make($0, MLPClassifier.init)
                    },
                    ModuleFunction(MLPRegressor.name, taking: ["options"]) {
                        try make($0, MLPRegressor.init)
                    },
                    ModuleFunction("load", taking: ["path"], operations.withRoom(load)),
                ]))
    }

    func define(in lua: LuaState) throws {
        try define(MLPClassifier.self, in: lua) { type in
            type.property("classes") { [operations] network, call in
                try operations.withRoom { try DataModule.classes(network.classes, call) }
            }
            type.method("predict", taking: ["data"]) { network, call in
                try onData(network, call: call) {
                    try network.predictPlaces($0, cancellation: $1)
                } answer: { call, labels in
                    let charge = try operations.chargeForTable(ofNumbers: labels.places.count)
                    defer { withExtendedLifetime(charge) {} }
                    let classes = try labels.classes.luaTrees(charge)
                    return try call.return(LuaTree.array(labels.places.map { classes[Int($0)] }))
                }
            }
            type.method("predict_proba", taking: ["data"]) { network, call in
                try onData(network, call: call) {
                    try network.predictProbabilities($0, cancellation: $1)
                } answer: { call, rows in
                    let charge = try operations.chargeForTable(ofNumbers: Self.count(rows))
                    defer { withExtendedLifetime(charge) {} }
                    return try call.return(LuaTree.array(rows.map(Self.row)))
                }
            }
        }
        try define(MLPRegressor.self, in: lua) { type in
            type.method("predict", taking: ["data"]) { network, call in
                try onData(network, call: call) {
                    try network.predict($0, cancellation: $1)
                } answer: { call, rows in
                    let charge = try operations.chargeForTable(ofNumbers: Self.count(rows))
                    defer { withExtendedLifetime(charge) {} }
                    // With one value to predict, a row is that value.
                    let isPlain = rows.first?.count == 1
                    return try call.return(
                        LuaTree.array(
                            rows.map { isPlain ? .number(Double($0[0])) : Self.row($0) }))
                }
            }
        }
    }

    private static func row(_ values: [Float]) -> LuaTree {
        .array(values.map { .number(Double($0)) })
    }

    private static func count(_ rows: [[Float]]) -> Int {
        rows.count * (1 + (rows.first?.count ?? 0))
    }

    // MARK: - Making

    private func make<Network: TrainableNetwork>(
        _ call: LuaCall, _ make: (MLPOptions) throws -> Network
    ) throws -> LuaAnswer {
        let owner = "nn.\(Network.name)"
        var options = MLPOptions()
        if !call.isNil(1) {
            options = try MLPOptions(call[1], owner: owner, hasClasses: Network.hasClasses)
        }
        options.seed = options.seed ?? operations.nextNetworkSeed()
        do {
            let network = try make(options)
            operations.made(network)
            return try call.return(object: network)
        } catch let error as NNError {
            throw LuaError("\(owner): \(error)")
        }
    }

    /// `nn.load(path)`: the network of a file that `save` wrote; its training can continue.
    private func load(_ call: LuaCall) throws -> LuaAnswer {
        do {
            switch try SavedNetwork(path: files.toRead(call.path(1))) {
            case .classifier(let network):
                operations.made(network)
                return try call.return(object: network)
            case .regressor(let network):
                operations.made(network)
                return try call.return(object: network)
            }
        } catch let error as NNError {
            throw LuaError("nn.load: \(error)")
        }
    }

    // MARK: - Methods

    /// The fields and methods that both kinds have, and those of `others`.
    private func define<Network: TrainableNetwork>(
        _ type: Network.Type, in lua: LuaState, others: (LuaTypeBuilder<Network>) -> Void
    ) throws {
        try lua.defineStrictly(type, name: Network.name) { type in
            type.property("n_parameters") { $0.parameterCount.map { .integer($0) } ?? .nil }
            type.property("loss_curve") { .array($0.lossCurve.map { .number($0) }) }
            type.metamethod("__tostring") { network, call in try call.return(network.summary) }
            type.method("fit", taking: ["data", "options"]) { network, call in
                let weights = try operations.withRoom {
                    try WeightOptions.training(call, owner: "fit", type: Network.self)
                }
                return try onData(network, call: call, pass: .fit) {
                    try network.fit($0, weights: weights, token: $1)
                } answer: { call, _ in
                    try call.return(call[1])
                }
            }
            type.method("partial_fit", taking: ["data", "options"]) { network, call in
                let weights = try operations.withRoom {
                    try WeightOptions.training(call, owner: "partial_fit", type: Network.self)
                }
                return try onData(network, call: call, pass: .training) {
                    try network.partialFit($0, weights: weights, token: $1)
                } answer: { call, _ in
                    try call.return(call[1])
                }
            }
            type.method("score", taking: ["data", "metric", "options"], score)
            type.method("metrics", taking: ["data", "names", "options"], metrics)
            type.method("loss", taking: ["data", "options"]) { network, call in
                let weights = try operations.withRoom {
                    try WeightOptions.sample(call, at: 3, owner: "loss")
                }
                return try onData(network, call: call) {
                    try network.loss($0, sampleWeights: weights?.values, cancellation: $1)
                } answer: {
                    try $0.return($1)
                }
            }
            type.method("time_predict", taking: ["data", "options"], timePredict)
            type.method("save", taking: ["path"], save)
            others(type)
        }
    }

    /// What an operation does with every row.
    enum Pass { case prediction, training, fit }

    /// An operation on the data set in argument 2.
    func onData<Result: Sendable>(
        _ network: some TrainableNetwork, call: LuaCall, pass: Pass = .prediction,
        body: @escaping @Sendable (Dataset, CancellationToken) throws -> Result,
        answer: @escaping (LuaCall, Result) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        let data: Dataset = try call.object(2)
        let isLong = pass == .fit || network.isBusy
        let cost =
            isLong
            ? .infinity : OperationCost.ofPass(network, data, isTraining: pass == .training)
        return try operations.perform(
            call, exclusivity: .shared, microseconds: cost, body: { try body(data, $0) },
            answer: answer)
    }

    /// `mlp:time_predict(ds [, { fresh }])`: measured alone, once for each shape and data set.
    private func timePredict(
        _ network: some TrainableNetwork, _ call: LuaCall
    ) throws -> LuaAnswer {
        let data: Dataset = try call.object(2)
        let options =
            try call.isNil(3)
            ? nil
            : OptionReader(call[3], owner: "time_predict", known: ["fresh"])
        let fresh = try options?.boolean("fresh") ?? false
        let times = operations.measuredTimes
        if !fresh, let time = times[network, data] { return try call.return(time) }
        return try operations.perform(
            call, exclusivity: .alone,
            body: { token in
                // Another trial may have measured the same shape while this one waited its turn.
                if !fresh, let time = times[network, data] { return time }
                let time = try network.timePredict(data, cancellation: token)
                // What is remembered stays, or a study's points could not be compared.
                if !fresh { times[network, data] = time }
                return time
            },
            answer: { try $0.return($1) })
    }

    /// `mlp:save(path)`: weights, optimizer and generators, so that training can continue.
    private func save(_ network: some TrainableNetwork, _ call: LuaCall) throws -> LuaAnswer {
        let path = try files.toWrite(call.path(2), ending: ".safetensors")
        try operations.withRoom { try network.save(to: path) }
        return try call.return()
    }
}
