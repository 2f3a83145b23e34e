internal import CKernels

extension Activation {
    var kernel: ck_activation {
        switch self {
        case .identity: ck_identity
        case .logistic: ck_logistic
        case .tanh: ck_tanh
        case .relu: ck_relu
        }
    }
}

extension Network {
    /// Computes every layer for the rows in the workspace, which is prepared for the features, up to the output layer's sums, to which
    /// neither bias nor function has been applied yet.
    ///
    /// - Parameter count: how many of `workspace.rows` to compute.
    /// - Returns: the output layer's sums, [count][stride].
    /// - Complexity: O(count · parameters); allocates nothing.
    @discardableResult
    func forward(
        _ features: FeatureStorage, _ workspace: Workspace, count: Int
    ) -> UnsafeMutablePointer<Float> {
        var outputs = multiplyInputs(features, workspace, count: count)
        for index in 1..<layout.layers.count {
            let previous = layout.layers[index - 1]
            let layer = layout.layers[index]
            let inputs = outputs
            outputs = workspace.activation(index)
            ck_activate(
                inputs, count, previous.outputs, biases(previous), shape.activation.kernel)
            multiply(
                rows: count, columns: layer.stride, inner: layer.inputs,
                inputs, aStride: previous.stride, weights(layer), into: outputs)
        }
        return outputs
    }

    /// The rows without zeros, if the first layer is faster over them.
    func compressedRows(_ features: FeatureStorage) -> CompressedRows? {
        guard let compressed = features.compressed,
            compressed.areFaster(for: layout.layers[0])
        else { return nil }
        return compressed
    }

    /// Allocates what ``forward(_:_:count:)`` will need for these features.
    ///
    /// - Throws: ``OutOfMemory``.
    func prepare(_ workspace: Workspace, for features: FeatureStorage) throws {
        if compressedRows(features) == nil {
            try workspace.reserveInputs(columns: features.columns)
        }
    }

    /// The first layer's sums, over the inputs that are not zero if the features say which.
    private func multiplyInputs(
        _ features: FeatureStorage, _ workspace: Workspace, count: Int
    ) -> UnsafeMutablePointer<Float> {
        let layer = layout.layers[0]
        let outputs = workspace.activation(0)
        if let compressed = compressedRows(features) {
            withUnsafePointer(to: compressed.kernel) { sparse in
                ck_sparse_forward(
                    sparse, workspace.rows.pointer, count, weights(layer), layer.stride, outputs)
            }
        } else {
            gather(features, workspace, count: count)
            multiply(
                rows: count, columns: layer.stride, inner: layer.inputs,
                workspace.inputs.pointer, aStride: features.columns, weights(layer), into: outputs)
        }
        return outputs
    }

    private func gather(_ features: FeatureStorage, _ workspace: Workspace, count: Int) {
        let rows = workspace.rows.pointer
        let batch = workspace.inputs.pointer
        switch features.elements {
        case .bytes(let pixels): ck_gather_bytes(pixels, features.columns, rows, count, batch)
        case .floats(let values): ck_gather_floats(values, features.columns, rows, count, batch)
        }
    }

    /// Turns the output layer's sums into predictions, in place: probabilities, or numbers.
    func applyOutputFunction(_ outputs: UnsafeMutablePointer<Float>, count: Int) {
        let layer = layout.layers[layout.layers.count - 1]
        switch shape.output {
        case .softmax: ck_softmax(outputs, count, layer.outputs, biases(layer))
        case .logistic: ck_activate(outputs, count, 1, biases(layer), ck_logistic)
        case .identity: ck_activate(outputs, count, layer.outputs, biases(layer), ck_identity)
        }
    }

    /// The sum over the rows of the loss of predictions, weighted by the workspace's weights if it has
    /// some; `makeDelta` turns them into ∂L/∂z.
    func loss(
        _ predictions: UnsafeMutablePointer<Float>, _ workspace: Workspace, count: Int,
        makeDelta: Bool
    ) -> Double {
        let columns = layout.layers[layout.layers.count - 1].outputs
        let labels = workspace.labels.pointer
        let weights = workspace.weightsInUse
        let delta: Int32 = makeDelta ? 1 : 0
        switch shape.output {
        case .softmax:
            return ck_cross_entropy(predictions, count, columns, labels, weights, delta)
        case .logistic:
            return ck_binary_cross_entropy(predictions, count, labels, weights, delta)
        case .identity:
            return ck_squared_error(
                predictions, count, columns, workspace.values.pointer, weights, delta)
        }
    }
}
