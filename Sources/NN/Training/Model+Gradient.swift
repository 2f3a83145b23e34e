internal import Platform

extension Model {
    /// The loss of all rows as one batch, the penalty included, and its gradient.
    ///
    /// Rows go through the network a batch at a time; the batches' gradients are summed in double
    /// precision.
    ///
    /// - Returns: the gradient laid out as the parameters, 0 in the padding.
    /// - Throws: `CancellationError` between two batches, ``OutOfMemory``.
    func lossAndGradient(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap, cancellation: CancellationToken?
    ) throws -> (loss: Double, gradient: [Double]) {
        let workspace = try trainingWorkspace(capacity: min(200, data.rows))
        try network.prepare(workspace, for: data.features)
        var (loss, weight) = (0.0, 0.0)
        var total = [Double](repeating: 0, count: network.layout.count)
        for first in stride(from: 0, to: data.rows, by: workspace.capacity) {
            try cancellation?.check()
            let count = min(workspace.capacity, data.rows - first)
            data.selection.write(
                from: first,
                to: UnsafeMutableBufferPointer(start: workspace.rows.pointer, count: count))
            workspace.loadTargets(data.targets, classMap, count: count)
            weight += workspace.loadWeights(weights, positions: first..<first + count)
            network.forward(data.features, workspace, count: count)
            loss += network.backward(
                data.features, workspace, count: count, gradient: workspace.gradient)
            let gradient = workspace.gradient.pointer
            for index in total.indices { total[index] += Double(gradient[index]) }
        }
        loss += addPenalty(to: &total)
        return (loss / weight, total.map { $0 / weight })
    }

    /// - Returns: the penalty, alpha/2 · Σw².
    private func addPenalty(to gradient: inout [Double]) -> Double {
        var squares = 0.0
        for layer in network.layout.layers {
            for index in layer.offset..<layer.biasOffset {
                let weight = Double(network.parameters.pointer[index])
                gradient[index] += options.alpha * weight
                squares += weight * weight
            }
        }
        return 0.5 * options.alpha * squares
    }

    /// ``lossAndGradient(_:weights:classMap:cancellation:)`` with the gradient in scikit-learn's shape.
    func lossAndGradient(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap
    ) throws -> (loss: Double, gradient: NetworkWeights) {
        let (loss, total) = try lossAndGradient(
            data, weights: weights, classMap: classMap, cancellation: nil)
        return (
            loss,
            total.map { Float($0) }.withUnsafeBufferPointer {
                network.unpack($0.baseAddress!)
            }
        )
    }

    /// Runs L-BFGS over all rows, at most `max_iter` iterations.
    func fitByLBFGS(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap, cancellation: CancellationToken?
    ) throws {
        // Points, gradients, and ten steps with what they changed, in double precision.
        let charge = MemoryCharge()
        try charge.add(
            32 * MemoryLayout<Double>.stride * network.parameters.count, purpose: "lbfgs")
        let start = (0..<network.parameters.count).map { Double(network.parameters[$0]) }
        var solver = LBFGS(
            gradientTolerance: options.tol, largestIterations: options.maxIter)
        let end = try solver.minimise(from: start) { point in
            load(point)
            let result = try lossAndGradient(
                data, weights: weights, classMap: classMap, cancellation: cancellation)
            return (result.loss, result.gradient)
        } iterated: { loss in
            record(loss)
        }
        load(end.point)
    }

    private func load(_ point: [Double]) {
        for (index, value) in point.enumerated() {
            network.parameters.pointer[index] = Float(value)
        }
    }
}
