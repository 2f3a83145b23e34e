extension Model {
    /// The loss of all rows as one batch, the penalty included, and its gradient; nothing changes.
    ///
    /// - Throws: ``NNError/outOfMemory(what:bytes:)``.
    func lossAndGradient(
        _ data: Dataset, classMap: ClassMap
    ) throws -> (loss: Double, gradient: NetworkWeights) {
        let workspace = try Workspace(
            network.shape, network.layout, capacity: data.rows, training: true)
        let gradient = try AlignedBuffer<Float>(
            count: network.layout.count, purpose: "the gradient")
        try network.prepare(workspace, for: data.features)
        data.selection.write(
            from: 0,
            to: UnsafeMutableBufferPointer(start: workspace.rows.pointer, count: data.rows))
        workspace.loadTargets(data.targets, classMap, count: data.rows)
        network.forward(data.features, workspace, count: data.rows)
        let loss = network.backward(
            data.features, workspace, count: data.rows, gradient: gradient)
        let scale = 1 / Double(data.rows)
        var squares = 0.0
        for layer in network.layout.layers {
            for index in layer.offset..<layer.end {
                let weight = network.parameters[index]
                let penalised = index < layer.biasOffset ? Float(options.alpha) * weight : 0
                gradient[index] = (gradient[index] + penalised) * Float(scale)
                if index < layer.biasOffset { squares += Double(weight) * Double(weight) }
            }
        }
        return (
            (loss + 0.5 * options.alpha * squares) * scale, network.unpack(gradient.pointer)
        )
    }
}
