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
                try WeightOptions.sample(call, call.isNil(3) ? 4 : 3, "score")
            }
            return try onData(network, call) {
                try network.score($0, sampleWeights: weights?.values, cancellation: $1)
            } answer: {
                try $0.return($1)
            }
        }
        let name = try call.text(3)
        try check(name, Network.self, "score")
        return try values(network, call, [name], "score") { call, values in
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
        return try values(network, call, names, "metrics") { call, values in
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
            try check(name, type, "metrics")
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private func check<Network: TrainableNetwork>(
        _ name: String, _ type: Network.Type, _ owner: String
    ) throws {
        guard Network.metrics.contains(name) else {
            throw LuaError(
                "\(owner): \(OptionReader.unknown(name, Network.metrics, "metric"))")
        }
    }

    private func values(
        _ network: some TrainableNetwork, _ call: LuaCall, _ names: [String], _ owner: String,
        _ answer: @escaping (LuaCall, [MetricValue]) throws -> LuaAnswer
    ) throws -> LuaAnswer {
        let weights = try operations.withRoom {
            try WeightOptions.sample(call, 4, owner)
        }
        return try onData(network, call) {
            try network.values(of: names, $0, weights?.values, $1)
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
