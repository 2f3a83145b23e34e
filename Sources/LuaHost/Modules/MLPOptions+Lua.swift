internal import LuaBridge
internal import NN

extension MLPOptions {
    /// scikit-learn's names, in its order.
    private static let names = [
        "hidden_layer_sizes", "activation", "solver", "alpha", "batch_size", "learning_rate_init",
        "learning_rate", "power_t", "momentum", "nesterovs_momentum", "beta_1", "beta_2", "epsilon",
        "max_iter", "tol", "n_iter_no_change", "early_stopping", "validation_fraction", "shuffle",
        "seed",
    ]

    /// - Parameter hasClasses: whether the network is a classifier, which has `class_weight`.
    init(_ value: LuaValue, owner: String, hasClasses: Bool) throws {
        let options = try OptionReader(
            value, owner: owner, known: Self.names + (hasClasses ? ["class_weight"] : []))
        self.init()
        try Self.read(&hiddenLayerSizes, options.integers("hidden_layer_sizes"))
        try Self.read(&activation, options.choice("activation"))
        try Self.read(&solver, options.choice("solver"))
        try Self.read(&alpha, options.number("alpha"))
        try Self.read(&learningRateInit, options.number("learning_rate_init"))
        try Self.read(&learningRate, options.choice("learning_rate"))
        try Self.read(&powerT, options.number("power_t"))
        try Self.read(&momentum, options.number("momentum"))
        try Self.read(&nesterovsMomentum, options.boolean("nesterovs_momentum"))
        try Self.read(&beta1, options.number("beta_1"))
        try Self.read(&beta2, options.number("beta_2"))
        try Self.read(&epsilon, options.number("epsilon"))
        try Self.read(&maxIter, options.integer("max_iter"))
        try Self.read(&tol, options.number("tol"))
        try Self.read(&nIterNoChange, options.integer("n_iter_no_change"))
        try Self.read(&earlyStopping, options.boolean("early_stopping"))
        try Self.read(&validationFraction, options.number("validation_fraction"))
        try Self.read(&shuffle, options.boolean("shuffle"))
        seed = try options.integer("seed").map { UInt64(bitPattern: Int64($0)) }
        batchSize = try Self.batchSize(options)
        classWeight = try WeightOptions.classes(options)
    }

    private static func read<Value>(_ field: inout Value, _ value: Value?) {
        if let value { field = value }
    }

    /// A number of rows, or "auto" for min(200, n).
    private static func batchSize(_ options: OptionReader) throws -> Int? {
        if case .string(let text) = options["batch_size"] {
            guard text == LuaString("auto") else {
                throw options.error("batch_size", expected: "\"auto\" or an integer of at least 1")
            }
            return nil
        }
        return try options.integer("batch_size")
    }
}
