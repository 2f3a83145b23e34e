extension MLPOptions {
    /// Checks every option against scikit-learn's limits.
    ///
    /// - Throws: ``NNError/invalidOption(name:expected:got:)`` for the first that is outside.
    public func validate() throws {
        for (index, size) in hiddenLayerSizes.enumerated() where size < 1 {
            throw NNError.invalidOption(
                name: "hidden_layer_sizes", expected: "integers of at least 1",
                got: "\(size) at position \(index + 1)")
        }
        try check("alpha", alpha, is: "a number of at least 0") { $0 >= 0 }
        try check("batch_size", batchSize ?? 1, is: "an integer of at least 1") { $0 >= 1 }
        try check("learning_rate_init", learningRateInit, is: "a number above 0") { $0 > 0 }
        try check("power_t", powerT, is: "a number of at least 0") { $0 >= 0 }
        try check("momentum", momentum, is: "a number from 0 to 1") { (0...1).contains($0) }
        try check("beta_1", beta1, is: "a number from 0 to below 1") { (0..<1).contains($0) }
        try check("beta_2", beta2, is: "a number from 0 to below 1") { (0..<1).contains($0) }
        try check("epsilon", epsilon, is: "a number above 0") { $0 > 0 }
        try check("max_iter", maxIter, is: "an integer of at least 1") { $0 >= 1 }
        try check("tol", tol, is: "a number of at least 0") { $0 >= 0 }
        try check("n_iter_no_change", nIterNoChange, is: "an integer of at least 1") { $0 >= 1 }
        try check("validation_fraction", validationFraction, is: "a number from 0 to below 1") {
            (0..<1).contains($0)
        }
    }

    private func check(
        _ name: String, _ value: Double, is expected: String, _ isValid: (Double) -> Bool
    ) throws {
        guard value.isFinite, isValid(value) else {
            throw NNError.invalidOption(name: name, expected: expected, got: "\(value)")
        }
    }

    private func check(
        _ name: String, _ value: Int, is expected: String, _ isValid: (Int) -> Bool
    ) throws {
        guard isValid(value) else {
            throw NNError.invalidOption(name: name, expected: expected, got: "\(value)")
        }
    }
}
