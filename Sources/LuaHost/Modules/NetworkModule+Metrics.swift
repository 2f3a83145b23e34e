internal import LuaBridge
internal import NN

extension NetworkModule {
    /// `mlp:score(ds [, metric] [, { sample_weight }])`
    func score<Network: TrainableNetwork>(
        _ network: Network, _ call: LuaCall
    ) throws -> LuaAnswer {
        guard case .string = try call[3] else {
            if !call.isNil(3), call.count > 3 {
                throw LuaError("the name of a metric expected", at: .argument(3))
            }
            let weights = try operations.withRoom {
                try WeightOptions.sample(call, at: call.isNil(3) ? 4 : 3, owner: "score")
            }
            return try onData(network, call: call) {
                try network.score($0, sampleWeights: weights?.values, cancellation: $1)
            } answer: {
                try $0.return($1)
            }
        }
        let name = try call.text(3)
        try check(name, type: Network.self, owner: "score")
        return try values(network, call: call, names: [name], owner: "score") { call, values in
            try call.return(Self.tree(values[0]))
        }
    }

    /// `mlp:metrics(ds [, { name, … }] [, { sample_weight }])`: a table by name; by default all that
    /// have a meaning for the network.
    func metrics<Network: TrainableNetwork>(
        _ network: Network, _ call: LuaCall
    ) throws -> LuaAnswer {
        let names =
            try call.isNil(3) ? network.applicableMetrics : metricNames(call, Network.self)
        return try values(network, call: call, names: names, owner: "metrics") { call, values in
            try call.return(LuaTree.record(zip(names, values.map(Self.tree)).map { ($0, $1) }))
        }
    }

    private func metricNames<Network: TrainableNetwork>(
        _ call: LuaCall, _ type: Network.Type
    ) throws -> [String] {
        var names: [String] = []
        for (index, value) in try arrayElements(of: call.table(3), "metrics: names").enumerated() {
            guard case .string(let bytes) = value, let name = bytes.text else {
                throw LuaError(
                    "metrics: names[\(index + 1)]: expected the name of a metric, "
                        + "got \(value.shown)")
            }
            try check(name, type: type, owner: "metrics")
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private func check<Network: TrainableNetwork>(
        _ name: String, type: Network.Type, owner: String
    ) throws {
        guard Network.metrics.contains(name) else {
            throw LuaError(
                "\(owner): \(OptionReader.unknown(name, known: Network.metrics, what: "metric"))")
        }
    }

    private func values(
        _ network: some TrainableNetwork, call: LuaCall, names: [String], owner: String,
        answer: @escaping (LuaCall, [MetricValue]) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        let weights = try operations.withRoom {
            try WeightOptions.sample(call, at: 4, owner: owner)
        }
        return try onData(network, call: call) {
            try network.values(of: names, on: $0, sampleWeights: weights?.values, token: $1)
        } answer: {
            try answer($0, $1)
        }
    }

    private static func tree(_ value: MetricValue) -> LuaTree {
        switch value {
        case .number(let number): .number(number)
        case .matrix(let rows):
            .array(
                rows.map { row in
                    .array(
                        row.map { count in
                            Int(exactly: count).map { .integer($0) } ?? .number(count)
                        })
                })
        }
    }
}
