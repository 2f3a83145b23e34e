internal import CKernels

extension Network {
    /// The gradient of the batch's loss, summed over its rows, without the penalty.
    ///
    /// Expects what ``forward(_:_:count:)`` left in the workspace.
    ///
    /// - Parameter gradient: laid out as the parameters.
    /// - Returns: the sum over the rows of the loss.
    /// - Complexity: O(count · parameters); allocates nothing.
    ///
    /// Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating
    /// errors", 1986.
    func backward(
        _ features: FeatureStorage, _ workspace: Workspace, count: Int,
        gradient: borrowing AlignedBuffer<Float>
    ) -> Double {
        let last = layout.layers.count - 1
        var delta = workspace.activation(last)
        applyOutputFunction(delta, count: count)
        let loss = loss(delta, workspace, count: count, makeDelta: true)
        for index in stride(from: last, to: 0, by: -1) {
            let layer = layout.layers[index]
            let inputs = workspace.activation(index - 1)
            let inputStride = layout.layers[index - 1].stride
            multiplyTransposed(
                rows: layer.inputs, columns: layer.stride, inner: count,
                inputs, aStride: inputStride, delta,
                into: gradient.pointer + layer.offset)
            ck_column_sums(delta, count, layer.outputs, gradient.pointer + layer.biasOffset)
            let previous = workspace.delta(index - 1)
            multiplyByTransposed(
                rows: count, delta, weights(layer), layer: layer, workspace: workspace,
                into: previous, resultStride: inputStride)
            ck_multiply_by_derivative(
                previous, inputs, count, layer.inputs, shape.activation.kernel)
            delta = previous
        }
        multiplyInputs(features, workspace, by: delta, count: count, into: gradient)
        return loss
    }

    /// The first layer's gradient.
    private func multiplyInputs(
        _ features: FeatureStorage, _ workspace: Workspace, by delta: UnsafePointer<Float>,
        count: Int, into gradient: borrowing AlignedBuffer<Float>
    ) {
        let layer = layout.layers[0]
        if let compressed = compressedRows(features) {
            withUnsafePointer(to: compressed.kernel) { sparse in
                ck_sparse_gradient(
                    sparse, workspace.rows.pointer, count, delta, layer.inputs, layer.stride,
                    gradient.pointer)
            }
        } else {
            multiplyTransposed(
                rows: layer.inputs, columns: layer.stride, inner: count,
                workspace.inputs.pointer, aStride: features.columns, delta, into: gradient.pointer)
        }
        ck_column_sums(delta, count, layer.outputs, gradient.pointer + layer.biasOffset)
    }
}
