package import Settings

extension MLPOptions: SettingOptions {
    /// scikit-learn's names and limits, in its order.
    package static let settings: [Setting<MLPOptions>] = network + solvers + ends

    private static let network: [Setting<MLPOptions>] = [
        Setting(
            "hidden_layer_sizes", \.hiddenLayerSizes, is: .layerSizes,
            help: "the width of each hidden layer; `{}` is a linear model"),
        Setting(
            "activation", \.activation, is: .choice,
            help: "the function applied to the hidden layers"),
        Setting("solver", \.solver, is: .choice, help: "`\"lbfgs\"` is for `fit` alone"),
        Setting(
            "alpha", \.alpha, is: .number(atLeast: 0),
            help: "strength of the penalty on the weights"),
        Setting(
            "batch_size", \.batchSize, is: .batchSize,
            help: "`\"auto\"` is min(200, rows)"),
    ]

    private static let solvers: [Setting<MLPOptions>] = [
        Setting(
            "learning_rate_init", \.learningRateInit, is: .number(above: 0),
            help: "the first learning rate"),
        Setting(
            "learning_rate", \.learningRate, is: .choice, help: "how the learning rate changes; sgd"
        ),
        Setting(
            "power_t", \.powerT, is: .number(atLeast: 0), help: "the exponent of `\"invscaling\"`"),
        Setting(
            "momentum", \.momentum, is: .number(0...1), help: "the share of the step before; sgd"),
        Setting(
            "nesterovs_momentum", \.nesterovsMomentum, is: .boolean,
            help: "whether the momentum is Nesterov's; sgd"),
        Setting(
            "beta_1", \.beta1, is: .number(0..<1), help: "the decay of the gradients' mean; adam"),
        Setting(
            "beta_2", \.beta2, is: .number(0..<1),
            help: "the decay of the gradients' squares; adam"),
        Setting(
            "epsilon", \.epsilon, is: .number(above: 0),
            help: "what keeps adam from dividing by zero"),
    ]

    private static let ends: [Setting<MLPOptions>] = [
        Setting("max_iter", \.maxIter, is: .integer(atLeast: 1), help: "most epochs of `fit`"),
        Setting(
            "tol", \.tol, is: .number(atLeast: 0),
            help: "what counts as progress in `fit`"),
        Setting(
            "n_iter_no_change", \.nIterNoChange, is: .integer(atLeast: 1),
            help: "epochs without progress after which `fit` ends"),
        Setting(
            "early_stopping", \.earlyStopping, is: .boolean,
            help: "whether `fit` stops by the score on rows set aside"),
        Setting(
            "validation_fraction", \.validationFraction, is: .number(0..<1), help: "their share"),
        Setting("shuffle", \.shuffle, is: .boolean, help: "each epoch in a new order"),
        Setting(
            "seed", \.seed, is: .seed, standard: "from the trial",
            help: "initial weights, order and rows set aside follow from it"),
        Setting(
            "class_weight", type: "`\"balanced\"` or numbers by class",
            help: "what the rows of a class weigh in training; for classifiers alone"),
    ]
}

extension MLPOptions {
    /// Checks every option against scikit-learn's limits.
    ///
    /// - Throws: ``NNError/invalidOption(name:expected:got:)`` for the first that is outside.
    public func validate() throws {
        guard let (field, problem) = problem else { return }
        throw NNError.invalidOption(
            name: field, expected: problem.expected, got: problem.got)
    }
}

extension SettingKind where Value == [Int] {
    /// The widths of layers.
    fileprivate static var layerSizes: SettingKind {
        integers("array of integers ≥ 1").restricted(by: { sizes in
            sizes.firstIndex { $0 < 1 }.map { index in
                SettingProblem(
                    expected: "integers of at least 1",
                    got: "\(sizes[index]) at position \(index + 1)")
            }
        })
    }
}

extension SettingKind where Value == Int? {
    /// A number of rows; "auto" is nil.
    fileprivate static var batchSize: SettingKind {
        let rows = SettingKind<Int>.integer(atLeast: 1)
        return SettingKind(
            type: "`\"auto\"` or integer ≥ 1", text: { "\($0, default: "`\"auto\"`")" },
            problem: { $0.flatMap(rows.problem) },
            read: { given in
                if given == .text("auto") { return .success(nil) }
                return rows.read(given).map { $0 }.mapError { problem in
                    SettingProblem(
                        expected: "\"auto\" or \(problem.expected)", got: problem.got)
                }
            })
    }
}

extension SettingKind where Value == UInt64 {
    /// Any integer, by its bits.
    fileprivate static var seed: SettingKind {
        let integer = SettingKind<Int>.integer()
        return SettingKind(
            type: "integer", text: { "\($0)" },
            read: { integer.read($0).map { UInt64(bitPattern: Int64($0)) } })
    }
}
