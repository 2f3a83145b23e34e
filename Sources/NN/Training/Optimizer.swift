internal import CKernels
internal import Platform

/// How weights follow from gradients, with what it remembers from step to step.
final class Optimizer {
    private let options: MLPOptions
    /// The current learning rate before adam's corrections; sgd's schedules change it.
    private(set) var learningRate: Double
    /// Steps taken so far.
    private(set) var steps = 0
    /// Adam's mean of the gradients, sgd's velocity; laid out as the parameters. Empty for lbfgs, and
    /// while it is in a store.
    private(set) var first: AlignedBuffer<Float>
    /// Adam's mean of the squared gradients; empty for the others, and while it is in a store.
    private(set) var second: AlignedBuffer<Float>

    /// - Throws: ``OutOfMemory``.
    init(_ options: MLPOptions, parameters: Int) throws {
        self.options = options
        learningRate = options.learningRateInit
        let isStochastic = options.solver != .lbfgs
        first = try AlignedBuffer(count: isStochastic ? parameters : 0, purpose: "the optimizer")
        second = try AlignedBuffer(
            count: options.solver == .adam ? parameters : 0, purpose: "the optimizer")
    }

    /// Continues from where another was, whose buffers have been copied.
    func restore(steps: Int, learningRate: Double) {
        self.steps = steps
        self.learningRate = learningRate
    }

    /// Takes other buffers in place of what it remembers.
    func replaceMemory(
        first: consuming AlignedBuffer<Float>, second: consuming AlignedBuffer<Float>
    ) {
        self.first = first
        self.second = second
    }

    /// Changes the network's parameters by one step.
    ///
    /// - Parameters:
    ///   - gradient: summed over the batch's rows, laid out as the parameters.
    ///   - weight: the sum of the weights of the batch's rows, without weights their number.
    /// - Returns: the sum of the squared weights before the step, without the biases'.
    func step(
        _ network: Network, gradient: borrowing AlignedBuffer<Float>, weight: Double
    ) -> Double {
        steps += 1
        var squares = 0.0
        for layer in network.layout.layers {
            squares += step(
                network, gradient: gradient, part: layer.offset..<layer.biasOffset,
                alpha: options.alpha, weight: weight)
            _ = step(
                network, gradient: gradient, part: layer.biasOffset..<layer.end, alpha: 0,
                weight: weight)
        }
        return squares
    }

    private func step(
        _ network: Network, gradient: borrowing AlignedBuffer<Float>, part: Range<Int>,
        alpha: Double, weight: Double
    ) -> Double {
        let start = part.lowerBound
        let weights = network.parameters.pointer + start
        let scale = 1 / Float(weight)
        switch options.solver {
        case .adam:
            var adam = ck_adam(
                penalty: Float(alpha), scale: scale,
                beta_1: Float(options.beta1), beta_2: Float(options.beta2),
                rest_1: Float(1 - options.beta1), rest_2: Float(1 - options.beta2),
                epsilon: max(Float(options.epsilon), .leastNormalMagnitude),
                step: Float(correctedRate))
            return ck_adam_step(
                &adam, part.count, gradient.pointer + start, weights, first.pointer + start,
                second.pointer + start)
        case .lbfgs:
            preconditionFailure("lbfgs takes no single steps")
        case .sgd:
            var sgd = ck_sgd(
                penalty: Float(alpha), scale: scale, momentum: Float(options.momentum),
                learning_rate: Float(learningRate), nesterov: options.nesterovsMomentum ? 1 : 0)
            return ck_sgd_step(
                &sgd, part.count, gradient.pointer + start, weights, first.pointer + start)
        }
    }

    /// Adam's learning rate with the corrections for means that started at zero.
    private var correctedRate: Double {
        let time = Double(steps)
        return learningRate * (1 - pow(options.beta2, time)).squareRoot()
            / (1 - pow(options.beta1, time))
    }

    /// Follows the schedule after an epoch.
    ///
    /// - Parameter rowsSeen: rows trained on since the first epoch.
    func epochEnded(rowsSeen: Int) {
        if options.solver == .sgd, options.learningRate == .invscaling {
            learningRate = options.learningRateInit / pow(Double(rowsSeen) + 1, options.powerT)
        }
    }

    /// Called when the loss has stopped improving.
    ///
    /// - Returns: whether training is to end; false when it continues at a lower learning rate.
    func lossStalled() -> Bool {
        guard options.solver == .sgd, options.learningRate == .adaptive, learningRate > 1e-6 else {
            return true
        }
        learningRate /= 5
        return false
    }
}
