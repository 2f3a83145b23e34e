import NN
import Testing

/// Defaults and limits are scikit-learn's.
@Suite struct OptionsTests {
    @Test func defaultsAreScikitLearns() {
        let options = MLPOptions()
        #expect(options.hiddenLayerSizes == [100])
        #expect(options.activation == .relu && options.solver == .adam)
        #expect(options.alpha == 1e-4 && options.learningRateInit == 1e-3 && options.tol == 1e-4)
        #expect(options.batchSize == nil && options.shuffle && !options.earlyStopping)
        #expect(options.beta1 == 0.9 && options.beta2 == 0.999 && options.epsilon == 1e-8)
        #expect(options.momentum == 0.9 && options.nesterovsMomentum && options.powerT == 0.5)
        #expect(options.maxIter == 200 && options.nIterNoChange == 10)
        #expect(options.validationFraction == 0.1 && options.learningRate == .constant)
    }

    struct Limit: Sendable, CustomTestStringConvertible {
        var text: String
        var change: @Sendable (inout MLPOptions) -> Void
        var testDescription: String { text }

        init(_ text: String, _ change: @escaping @Sendable (inout MLPOptions) -> Void) {
            self.text = text
            self.change = change
        }
    }

    @Test(arguments: [
        Limit("hidden_layer_sizes: expected integers of at least 1, got 0 at position 2") {
            $0.hiddenLayerSizes = [4, 0]
        },
        Limit("hidden_layer_sizes: expected integers of at least 1, got -1 at position 1") {
            $0.hiddenLayerSizes = [-1]
        },
        Limit("alpha: expected a number of at least 0, got -1.0") { $0.alpha = -1 },
        Limit("alpha: expected a number of at least 0, got nan") { $0.alpha = .nan },
        Limit("batch_size: expected an integer of at least 1, got 0") { $0.batchSize = 0 },
        Limit("learning_rate_init: expected a number above 0, got 0.0") { $0.learningRateInit = 0 },
        Limit("learning_rate_init: expected a number above 0, got inf") {
            $0.learningRateInit = .infinity
        },
        Limit("power_t: expected a number of at least 0, got -0.5") { $0.powerT = -0.5 },
        Limit("momentum: expected a number from 0 to 1, got 1.5") { $0.momentum = 1.5 },
        Limit("beta_1: expected a number from 0 to below 1, got 1.0") { $0.beta1 = 1 },
        Limit("beta_2: expected a number from 0 to below 1, got -0.1") { $0.beta2 = -0.1 },
        Limit("epsilon: expected a number above 0, got 0.0") { $0.epsilon = 0 },
        Limit("max_iter: expected an integer of at least 1, got 0") { $0.maxIter = 0 },
        Limit("tol: expected a number of at least 0, got -1.0") { $0.tol = -1 },
        Limit("n_iter_no_change: expected an integer of at least 1, got 0") {
            $0.nIterNoChange = 0
        },
        Limit("validation_fraction: expected a number from 0 to below 1, got 1.0") {
            $0.validationFraction = 1
        },
    ])
    func valuesOutsideAreNamed(_ limit: Limit) {
        var options = MLPOptions()
        limit.change(&options)
        expectError(limit.text) { try MLPClassifier(options) }
        expectError(limit.text) { try MLPRegressor(options) }
    }
}
