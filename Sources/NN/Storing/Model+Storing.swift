extension Model {
    /// Moves the weights and the optimizer's memory to a store, unless they are there, and forgets
    /// what can be made again.
    ///
    /// - Returns: the bytes of memory that the weights and the optimizer's memory held; 0 where they
    ///   were in a store already.
    /// - Throws: ``BufferStoreError``, ``OutOfMemory``; all is then as before.
    func moveOut(to store: BufferStore) throws -> Int {
        forgetScratch()
        guard stored == nil else { return 0 }
        let (first, second) = (optimizer.first.count, optimizer.second.count)
        let noParameters = try AlignedBuffer<Float>.empty()
        let noFirst = try AlignedBuffer<Float>.empty()
        let noSecond = try AlignedBuffer<Float>.empty()
        stored = StoredModel(
            buffers: try store.keep([
                network.parameters.bytes, optimizer.first.bytes, optimizer.second.bytes,
            ]), first: first, second: second)
        network.replaceParameters(by: noParameters)
        optimizer.replaceMemory(first: noFirst, second: noSecond)
        return (network.layout.count + first + second) * MemoryLayout<Float>.stride
    }

    /// Reads back what is in a store; without effect where nothing is.
    ///
    /// - Throws: ``BufferStoreError``, ``OutOfMemory``; all is then as before.
    func moveIn() throws {
        guard let stored else { return }
        let parameters = try AlignedBuffer<Float>(
            count: network.layout.count, purpose: "a network of \(network.shape)")
        let first = try AlignedBuffer<Float>(count: stored.first, purpose: "the optimizer")
        let second = try AlignedBuffer<Float>(count: stored.second, purpose: "the optimizer")
        try stored.buffers.read(into: [
            parameters.mutableBytes, first.mutableBytes, second.mutableBytes,
        ])
        network.replaceParameters(by: parameters)
        optimizer.replaceMemory(first: first, second: second)
        self.stored = nil
    }
}

/// Weights and optimizer's memory in a store.
struct StoredModel {
    let buffers: StoredBuffers
    /// Elements of the optimizer's two buffers.
    let first: Int
    let second: Int
}

extension MLPClassifier {
    /// Forgets the buffers that the next operation makes again, unless an operation runs.
    package func forgetScratch() {
        withModelIfAvailable { $0.forgetScratch() }
    }

    /// Moves the weights and the optimizer's memory to a store, unless an operation runs. The next
    /// operation reads them back first, with the same bits.
    ///
    /// - Returns: the bytes of memory that became free.
    /// - Throws: ``BufferStoreError``, ``OutOfMemory``; all is then as before.
    package func moveOut(to store: BufferStore) throws -> Int {
        try withModelIfAvailable { try $0.moveOut(to: store) } ?? 0
    }
}

extension MLPRegressor {
    /// Forgets the buffers that the next operation makes again, unless an operation runs.
    package func forgetScratch() {
        withModelIfAvailable { $0.forgetScratch() }
    }

    /// Moves the weights and the optimizer's memory to a store, unless an operation runs. The next
    /// operation reads them back first, with the same bits.
    ///
    /// - Returns: the bytes of memory that became free.
    /// - Throws: ``BufferStoreError``, ``OutOfMemory``; all is then as before.
    package func moveOut(to store: BufferStore) throws -> Int {
        try withModelIfAvailable { try $0.moveOut(to: store) } ?? 0
    }
}
