/// What the time of a prediction depends on: the widths of the layers and their functions.
///
/// Two networks of the same shape take the same time for the same data, whatever their weights, so
/// a shape and a ``Dataset/ID`` together are a key under which a measured time can be remembered.
public struct NetworkShape: Hashable, Sendable, CustomStringConvertible {
    /// The width of every layer: features, hidden layers, outputs.
    public let widths: [Int]
    /// The function of the hidden layers.
    public let activation: Activation
    /// The function of the output layer.
    public let output: OutputFunction

    /// The number of weights and biases.
    public var parameterCount: Int {
        zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    }

    /// For example `784-32-10 relu softmax`.
    public var description: String {
        widths.map(\.description).joined(separator: "-")
            + " \(activation.rawValue) \(output.rawValue)"
    }
}

/// The function of the output layer and, with it, the loss: for each of these pairs the gradient
/// before the function is prediction − target.
///
/// Source: Bishop, "Pattern recognition and machine learning", 2006, §5.2.
public enum OutputFunction: String, Sendable, Codable {
    /// Cross-entropy over more than two classes.
    case softmax
    /// Cross-entropy of two classes: one output, the probability of the second.
    case logistic
    /// Half the squared error, for regression.
    case identity
}
