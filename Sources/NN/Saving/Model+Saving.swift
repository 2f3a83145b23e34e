internal import Platform

extension Model {
    /// Everything about this network as the bytes of a safetensors file.
    ///
    /// `layers.0.weight` [inputs][outputs] and `layers.0.bias` [outputs] are scikit-learn's `coefs_`
    /// and `intercepts_`; `optimizer.first.…` and `optimizer.second.…` are adam's means or sgd's
    /// velocities, `loss_curve` the losses in double precision. All else is JSON in the metadata's
    /// `mohpo`.
    func serialized(classes: [ClassLabel]) throws -> [UInt8] {
        let charge = MemoryCharge()
        try charge.add(
            24 * MemoryLayout<Float>.stride * network.parameters.count, purpose: "a file of weights"
        )
        var file = SafeTensors()
        file.append(network.unpacked, prefix: "layers")
        if options.solver != .lbfgs {
            file.append(network.unpack(optimizer.first.pointer), prefix: "optimizer.first")
        }
        if options.solver == .adam {
            file.append(network.unpack(optimizer.second.pointer), prefix: "optimizer.second")
        }
        let curve = lossCurve.flatMap { loss in
            (0..<8).map { UInt8(truncatingIfNeeded: loss.bitPattern >> (8 * $0)) }
        }
        file.append(
            "loss_curve", SafeTensors.Tensor(type: "F64", shape: [lossCurve.count], bytes: curve))
        file.metadata = ["mohpo": try state(classes: classes).encoded()]
        return try file.encoded()
    }

    private func state(classes: [ClassLabel]) -> TrainingState {
        let words = random.state
        return TrainingState(
            options: options, widths: network.shape.widths, activation: options.activation,
            output: network.shape.output, classes: classes,
            generator: [words.0, words.1, words.2, words.3], steps: optimizer.steps,
            learningRate: optimizer.learningRate, progress: progress)
    }

    /// The network a file holds.
    ///
    /// - Parameter path: how errors call the file.
    /// - Throws: ``NNError/unsuitableFile(path:expected:got:)``,
    ///   ``OutOfMemory``.
    static func restored(
        from bytes: [UInt8], path: String
    ) throws -> sending (model: Model, classes: [ClassLabel]) {
        let broken = NNError.unsuitableFile(
            path: path, expected: "a saved network", got: "something else, or a part of one")
        guard let file = SafeTensors(bytes), let text = file.metadata["mohpo"],
            let version = TrainingState.version(text)
        else { throw broken }
        guard version <= TrainingState.currentVersion else {
            throw NNError.unsuitableFile(
                path: path, expected: "a network of version \(TrainingState.currentVersion)",
                got: "version \(version), of a later program")
        }
        guard let state = try? TrainingState.decoded(text), state.isConsistent else { throw broken }
        let layout = try NetworkLayout(state.shape)
        guard let weights = file.weights(layout, prefix: "layers"),
            let curve = file.doubles("loss_curve")
        else { throw broken }
        let first = file.weights(layout, prefix: "optimizer.first")
        let second = file.weights(layout, prefix: "optimizer.second")
        guard (first != nil) == (state.options.solver != .lbfgs),
            (second != nil) == (state.options.solver == .adam)
        else { throw broken }
        let model = try Model(state.options, shape: state.shape)
        model.network.pack(weights)
        if let first { model.network.pack(first, into: model.optimizer.first.pointer) }
        if let second { model.network.pack(second, into: model.optimizer.second.pointer) }
        model.optimizer.restore(steps: state.steps, learningRate: state.learningRate)
        model.restore(
            random: RandomGenerator(state: state.generator), lossCurve: curve,
            progress: state.progress)
        return (model, state.classes)
    }
}

extension SafeTensors {
    /// Adds a weight and a bias for each layer.
    fileprivate mutating func append(_ weights: NetworkWeights, prefix: String) {
        for (index, (coefs, intercepts)) in zip(weights.coefs, weights.intercepts).enumerated() {
            append(
                "\(prefix).\(index).weight",
                .floats(coefs.flatMap(\.self), shape: [coefs.count, intercepts.count]))
            append("\(prefix).\(index).bias", .floats(intercepts, shape: [intercepts.count]))
        }
    }

    /// What ``append(_:prefix:)`` added; nil unless it is all there in the right shapes.
    fileprivate func weights(_ layout: NetworkLayout, prefix: String) -> NetworkWeights? {
        var weights = NetworkWeights(coefs: [], intercepts: [])
        for (index, layer) in layout.layers.enumerated() {
            guard
                let coefs = floats(
                    "\(prefix).\(index).weight", shape: [layer.inputs, layer.outputs]),
                let intercepts = floats("\(prefix).\(index).bias", shape: [layer.outputs])
            else { return nil }
            weights.coefs.append(
                stride(from: 0, to: coefs.count, by: layer.outputs).map {
                    Array(coefs[$0..<$0 + layer.outputs])
                })
            weights.intercepts.append(intercepts)
        }
        return weights
    }

    private func floats(_ name: String, shape: [Int]) -> [Float]? {
        guard let tensor = tensors[name], tensor.type == "F32", tensor.shape == shape else {
            return nil
        }
        return tensor.bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { index in
                let bits = bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: bits))
            }
        }
    }

    fileprivate func doubles(_ name: String) -> [Double]? {
        guard let tensor = tensors[name], tensor.type == "F64" else { return nil }
        return tensor.bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map { index in
                let bits = bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
                return Double(bitPattern: UInt64(littleEndian: bits))
            }
        }
    }
}

extension SafeTensors.Tensor {
    fileprivate static func floats(_ values: [Float], shape: [Int]) -> SafeTensors.Tensor {
        let bytes = values.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        return SafeTensors.Tensor(type: "F32", shape: shape, bytes: bytes)
    }
}
