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
        for index in stride(from: last, through: 0, by: -1) {
            let layer = layout.layers[index]
            let inputs = index > 0 ? workspace.activation(index - 1) : workspace.inputs.pointer
            let inputStride = index > 0 ? layout.layers[index - 1].stride : features.columns
            BLAS.multiply(
                rows: layer.inputs, columns: layer.stride, inner: count,
                inputs, aStride: inputStride, transposeA: true, delta, bStride: layer.stride,
                into: gradient.pointer + layer.offset, cStride: layer.stride)
            ck_column_sums(delta, count, layer.outputs, gradient.pointer + layer.biasOffset)
            guard index > 0 else { break }
            let previous = workspace.delta(index - 1)
            BLAS.multiply(
                rows: count, columns: layer.inputs, inner: layer.outputs,
                delta, aStride: layer.stride, weights(layer), bStride: layer.stride,
                transposeB: true, into: previous, cStride: inputStride)
            ck_multiply_by_derivative(
                previous, inputs, count, layer.inputs, shape.activation.kernel)
            delta = previous
        }
        return loss
    }
}
