/// How a network is built and trained; names, defaults and meanings are scikit-learn's.
///
/// Source: Pedregosa et al., "Scikit-learn: machine learning in Python", 2011; the user guide's
/// chapter on neural networks, version 1.9.
public struct MLPOptions: Sendable, Equatable, Codable {
    /// The width of each hidden layer; empty for a linear model.
    public var hiddenLayerSizes: [Int] = [100]
    /// The function applied to the hidden layers.
    public var activation: Activation = .relu
    /// How weights follow from gradients.
    public var solver: Solver = .adam
    /// The strength of the L2 penalty on the weights (not the biases).
    public var alpha: Double = 1e-4
    /// Rows in a batch; nil ("auto") stands for min(200, rows).
    public var batchSize: Int?
    /// The first learning rate.
    public var learningRateInit: Double = 1e-3
    /// How the learning rate changes (sgd only).
    public var learningRate: LearningRateSchedule = .constant
    /// The exponent of ``LearningRateSchedule/invscaling``.
    public var powerT: Double = 0.5
    /// The momentum (sgd only), from 0 to 1.
    public var momentum: Double = 0.9
    /// Whether the momentum is Nesterov's (sgd only).
    public var nesterovsMomentum = true
    /// The decay of the gradients' mean (adam only), from 0 to below 1.
    public var beta1: Double = 0.9
    /// The decay of the gradients' squares (adam only), from 0 to below 1.
    public var beta2: Double = 0.999
    /// What keeps adam from dividing by zero.
    public var epsilon: Double = 1e-8
    /// The most epochs ``MLPClassifier/fit(_:sampleWeights:classWeight:cancellation:)`` trains for.
    public var maxIter = 200
    /// An epoch counts as progress if it betters the loss, or the validation score, by this much.
    public var tol: Double = 1e-4
    /// `fit` stops after this many epochs without progress.
    public var nIterNoChange = 10
    /// Whether `fit` sets rows aside and stops by the score on them.
    public var earlyStopping = false
    /// The share of the rows to set aside for ``earlyStopping``.
    public var validationFraction: Double = 0.1
    /// Whether each epoch visits the rows in a new order.
    public var shuffle = true
    /// What initial weights, order of rows and validation rows follow from; nil for another at
    /// every run.
    public var seed: UInt64?
    /// What the rows of a class weigh in training; nil where all weigh the same. Classifiers only.
    public var classWeight: ClassWeight?

    /// scikit-learn's defaults.
    public init() {}
}

/// The function applied to the hidden layers.
public enum Activation: String, Sendable, CaseIterable, Codable {
    case identity
    case logistic
    case tanh
    case relu
}

/// How weights follow from gradients.
public enum Solver: String, Sendable, CaseIterable, Codable {
    /// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014.
    case adam
    /// Stochastic gradient descent with momentum.
    case sgd
    /// A quasi-Newton method on all rows at once, for small data sets. `batch_size`, `shuffle`,
    /// the learning rate's options and `early_stopping` have no meaning for it; `tol` is the
    /// largest element of the gradient at which it stops.
    case lbfgs
}

/// How stochastic gradient descent changes its learning rate.
public enum LearningRateSchedule: String, Sendable, CaseIterable, Codable {
    case constant
    /// `learning_rate_init / (rows seen + 1)^power_t`, from epoch to epoch.
    case invscaling
    /// Divided by 5 whenever the loss made no progress for `n_iter_no_change` epochs.
    case adaptive
}
