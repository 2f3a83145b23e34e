/// The weights and biases of a multi-layer perceptron.
final class Network {
    let shape: NetworkShape
    let layout: NetworkLayout
    /// Empty while they are in a store.
    private(set) var parameters: AlignedBuffer<Float>

    /// A network with random weights and biases, uniform within ±√(factor / (inputs + outputs)).
    ///
    /// - Throws: ``OutOfMemory``.
    ///
    /// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    /// networks", 2010; the factor is 6, and 2 for the logistic function, as in scikit-learn.
    init(shape: NetworkShape, random: inout RandomGenerator) throws {
        self.shape = shape
        layout = try NetworkLayout(shape)
        parameters = try AlignedBuffer(count: layout.count, purpose: "a network of \(shape)")
        let factor: Double = shape.activation == .logistic ? 2 : 6
        for layer in layout.layers {
            let bound = (factor / Double(layer.inputs + layer.outputs)).squareRoot()
            for row in 0...layer.inputs {
                let start = layer.offset + row * layer.stride
                for column in 0..<layer.outputs {
                    parameters.pointer[start + column] = Float((2 * random.uniform() - 1) * bound)
                }
            }
        }
    }

    /// Takes another buffer in place of the parameters.
    func replaceParameters(by buffer: consuming AlignedBuffer<Float>) { parameters = buffer }

    /// The start of a layer's weights, [inputs][stride].
    func weights(_ layer: LayerLayout) -> UnsafeMutablePointer<Float> {
        parameters.pointer + layer.offset
    }

    /// The start of a layer's biases, [stride].
    func biases(_ layer: LayerLayout) -> UnsafeMutablePointer<Float> {
        parameters.pointer + layer.biasOffset
    }
}

/// Weights and biases without padding, as scikit-learn's `coefs_` and `intercepts_`.
package struct NetworkWeights: Sendable, Equatable, Codable {
    /// For each layer [inputs][outputs].
    package var coefs: [[[Float]]]
    /// For each layer [outputs].
    package var intercepts: [[Float]]

    /// Weights and biases of each layer, from the inputs on.
    package init(coefs: [[[Float]]], intercepts: [[Float]]) {
        self.coefs = coefs
        self.intercepts = intercepts
    }
}

extension Network {
    /// A copy of the parameters without padding.
    var unpacked: NetworkWeights {
        unpack(parameters.pointer)
    }

    /// The same view of anything laid out as the parameters are, such as their gradient.
    func unpack(_ values: UnsafePointer<Float>) -> NetworkWeights {
        var result = NetworkWeights(coefs: [], intercepts: [])
        for layer in layout.layers {
            let rows = (0...layer.inputs).map { row in
                let start = layer.offset + row * layer.stride
                return (0..<layer.outputs).map { values[start + $0] }
            }
            result.coefs.append(Array(rows.dropLast()))
            result.intercepts.append(rows[layer.inputs])
        }
        return result
    }

    /// Replaces the parameters by others of the same shape.
    func pack(_ weights: NetworkWeights) { pack(weights, into: parameters.pointer) }

    /// Writes anything of the parameters' shape as they are laid out.
    func pack(_ weights: NetworkWeights, into target: UnsafeMutablePointer<Float>) {
        for (layer, (coefs, intercepts)) in zip(
            layout.layers, zip(weights.coefs, weights.intercepts))
        {
            precondition(coefs.count == layer.inputs && intercepts.count == layer.outputs)
            for (row, values) in (coefs + [intercepts]).enumerated() {
                precondition(values.count == layer.outputs)
                let start = layer.offset + row * layer.stride
                for (column, value) in values.enumerated() {
                    target[start + column] = value
                }
            }
        }
    }
}
