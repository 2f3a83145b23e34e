internal import CKernels
internal import Platform

/// A network in training: what classifier and regressor share.
///
/// Not safe for two threads at once; its owner locks.
final class Model {
    let options: MLPOptions
    let network: Network
    let optimizer: Optimizer
    var random: RandomGenerator
    /// The loss of every epoch so far, the penalty included.
    private(set) var lossCurve: [Double] = []
    private(set) var progress = Progress()

    /// The weights and the optimizer's memory, while they are in a store.
    var stored: StoredModel?
    private var training: Workspace?
    private var prediction: Workspace?
    /// The data set's rows, by position, in the order of this epoch; made again in each.
    private var order: AlignedBuffer<UInt32>

    /// A network with fresh weights.
    ///
    /// - Throws: ``OutOfMemory``; the sum of what training will need is compared
    ///   with the machine's memory first, since a system that overcommits would kill the process.
    init(_ options: MLPOptions, shape: NetworkShape) throws {
        self.options = options
        let layout = try NetworkLayout(shape)
        try Self.checkMemory(shape, layout)
        random = RandomGenerator(
            seed: options.seed ?? SystemRandomNumberGenerator().randomWord())
        network = try Network(shape: shape, random: &random)
        optimizer = try Optimizer(options, parameters: layout.count)
        order = try AlignedBuffer(count: 0, purpose: "the order of rows")
    }

    /// Lets go of all that the next operation makes again.
    func forgetScratch() {
        (training, prediction) = (nil, nil)
        if order.count > 0, let none = try? AlignedBuffer<UInt32>.empty() { order = none }
    }

    /// Adds the loss of an iteration that is not an epoch.
    func record(_ loss: Double) { lossCurve.append(loss) }

    /// Continues from where another was.
    func restore(random: RandomGenerator, lossCurve: [Double], progress: Progress) {
        self.random = random
        self.lossCurve = lossCurve
        self.progress = progress
    }

    private static func checkMemory(_ shape: NetworkShape, _ layout: NetworkLayout) throws {
        let floats = layout.activationCount(rows: 2 * predictionRows)
            .map { $0.addingReportingOverflow(4 * layout.count) }
        guard let floats, !floats.overflow, floats.partialValue < Int.max / 8 else {
            throw OutOfMemory(what: "a network of \(shape)", bytes: nil)
        }
        guard floats.partialValue * 4 < ck_physical_memory() else {
            throw OutOfMemory(
                what: "a network of \(shape)", bytes: floats.partialValue * 4)
        }
    }
}

/// Rows computed at a time where no gradient is wanted: few enough to stay in the cache.
private let predictionRows = 256

extension SystemRandomNumberGenerator {
    fileprivate func randomWord() -> UInt64 {
        var generator = self
        return generator.next()
    }
}

// MARK: - One epoch

extension Model {
    /// Trains on every row once.
    ///
    /// - Parameters:
    ///   - order: positions in the data set in the order to visit; by default random, or as they
    ///     are stored if `shuffle` is off.
    ///   - weights: those of the rows, nil where all are 1.
    ///   - classMap: see ``ClassMap``.
    /// - Returns: whether the loss has stopped improving for so long that `fit` is to end.
    /// - Throws: `CancellationError` between two batches; the batches done stay done.
    /// - Complexity: O(rows · parameters).
    @discardableResult
    func epoch(
        _ data: Dataset, order given: [Int]? = nil, weights: [Float]?, classMap: ClassMap,
        cancellation: CancellationToken?
    ) throws -> Bool {
        let loss = try pass(
            data, order: given, weights: weights, classMap: classMap, cancellation: cancellation)
        return endEpoch(loss: loss, rows: data.rows, score: nil).isOver
    }

    /// Records an epoch, follows the schedule and the rule for stopping.
    ///
    /// - Parameter score: the score on the validation rows, if that is what counts.
    /// - Returns: whether the score is the best so far, and whether training is to end.
    func endEpoch(loss: Double, rows: Int, score: Double?) -> (isBest: Bool, isOver: Bool) {
        lossCurve.append(loss)
        progress.rowsSeen += rows
        var isBest = false
        if let score {
            isBest = progress.update(score: score, tol: options.tol)
        } else {
            progress.update(loss: loss, tol: options.tol)
        }
        optimizer.epochEnded(rowsSeen: progress.rowsSeen)
        guard progress.epochsWithoutProgress > options.nIterNoChange else { return (isBest, false) }
        if optimizer.lossStalled() { return (isBest, true) }
        progress.epochsWithoutProgress = 0
        return (isBest, false)
    }

    /// - Returns: the mean over the rows of the loss with penalty, each batch's before its step. A
    ///   batch's loss is the weighted mean; a batch without weight adds none and makes no step.
    func pass(
        _ data: Dataset, order given: [Int]? = nil, weights: [Float]?, classMap: ClassMap,
        cancellation: CancellationToken?
    ) throws -> Double {
        let batchSize = try batchSize(rows: data.rows)
        let workspace = try trainingWorkspace(capacity: batchSize)
        try network.prepare(workspace, for: data.features)
        try arrangeRows(data, given)
        var accumulated = 0.0
        for first in stride(from: 0, to: data.rows, by: batchSize) {
            try cancellation?.check()
            let count = min(batchSize, data.rows - first)
            let positions = UnsafeBufferPointer(start: order.pointer + first, count: count)
            data.selection.write(at: positions, to: workspace.rows.pointer)
            workspace.loadTargets(data.targets, classMap, count: count)
            let weight = workspace.loadWeights(weights, positions: positions.lazy.map { Int($0) })
            guard weight > 0 else { continue }
            network.forward(data.features, workspace, count: count)
            let loss = network.backward(
                data.features, workspace, count: count, gradient: workspace.gradient)
            let squares = optimizer.step(
                network, gradient: workspace.gradient, weight: weight)
            accumulated += (loss + 0.5 * options.alpha * squares) * (Double(count) / weight)
        }
        return accumulated / Double(data.rows)
    }

    private func batchSize(rows: Int) throws -> Int {
        guard let size = options.batchSize else { return min(200, rows) }
        guard size <= rows else {
            throw NNError.invalidOption(
                name: "batch_size", expected: "at most the \(rows) rows of the data set",
                got: "\(size)")
        }
        return size
    }

    func trainingWorkspace(capacity: Int) throws -> Workspace {
        if let training, training.capacity == capacity { return training }
        let fresh = try Workspace(
            network.shape, network.layout, capacity: capacity, training: true)
        training = fresh
        return fresh
    }

    private func predictionWorkspace() throws -> Workspace {
        if let prediction { return prediction }
        let fresh = try Workspace(
            network.shape, network.layout, capacity: predictionRows, training: false)
        prediction = fresh
        return fresh
    }

    /// Writes the positions of the rows into `order`.
    private func arrangeRows(_ data: Dataset, _ given: [Int]?) throws {
        if order.count != data.rows {
            order = try AlignedBuffer(count: data.rows, purpose: "the order of rows")
        }
        let rows = UnsafeMutableBufferPointer(start: order.pointer, count: data.rows)
        if let given {
            precondition(given.count == data.rows)
            for (index, row) in given.enumerated() { rows[index] = UInt32(row) }
        } else {
            for index in 0..<data.rows { rows[index] = UInt32(index) }
            if options.shuffle { random.shuffle(rows) }
        }
    }
}

// MARK: - Prediction

/// Some rows that went through a network together.
struct PredictedChunk {
    /// Has the rows and their targets.
    let workspace: Workspace
    /// The output layer's sums without bias, [count][stride].
    let sums: UnsafeMutablePointer<Float>
    /// The first row's position in the data set.
    let first: Int
    let count: Int
    /// The sum of the rows' weights.
    let weight: Double
}

extension Network {
    /// Whether the output layer's sums, with bias, are finite.
    func areFinite(_ chunk: PredictedChunk) -> Bool {
        let layer = layout.layers[layout.layers.count - 1]
        return ck_are_finite(chunk.sums, chunk.count, layer.outputs, biases(layer)) != 0
    }
}

extension Model {
    /// Computes the output layer's sums for all rows, some at a time.
    ///
    /// - Throws: `CancellationError`, and whatever `body` throws.
    func forEachChunk(
        _ data: Dataset, weights: [Float]? = nil, classMap: ClassMap,
        cancellation: CancellationToken?,
        _ body: (PredictedChunk) throws -> Void
    ) throws {
        let prediction = try predictionWorkspace()
        try network.prepare(prediction, for: data.features)
        for first in stride(from: 0, to: data.rows, by: prediction.capacity) {
            try cancellation?.check()
            let count = min(prediction.capacity, data.rows - first)
            data.selection.write(
                from: first,
                to: UnsafeMutableBufferPointer(start: prediction.rows.pointer, count: count))
            prediction.loadTargets(data.targets, classMap, count: count)
            let weight = prediction.loadWeights(weights, positions: first..<first + count)
            let sums = network.forward(data.features, prediction, count: count)
            try body(
                PredictedChunk(
                    workspace: prediction, sums: sums, first: first, count: count, weight: weight))
        }
    }

    /// The mean over the rows of the loss, without the penalty; NaN where an output is not finite.
    func loss(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap, cancellation: CancellationToken?
    ) throws -> Double {
        var (sum, weight) = (0.0, 0.0)
        try forEachChunk(
            data, weights: weights, classMap: classMap, cancellation: cancellation
        ) { chunk in
            weight += chunk.weight
            if !network.areFinite(chunk) { sum = .nan }
            network.applyOutputFunction(chunk.sums, count: chunk.count)
            sum += network.loss(chunk.sums, chunk.workspace, count: chunk.count, makeDelta: false)
        }
        return sum / weight
    }

    /// Probabilities, or predicted numbers: shape [rows][outputs].
    func outputs(_ data: Dataset, cancellation: CancellationToken?) throws -> [[Float]] {
        let layer = network.layout.layers[network.layout.layers.count - 1]
        let (bytes, overflow) = data.rows.multipliedReportingOverflow(by: 32 + 4 * layer.outputs)
        let charge = MemoryCharge()
        try charge.add(overflow ? -1 : bytes, purpose: "the predictions of \(data.rows) rows")
        var result: [[Float]] = []
        result.reserveCapacity(data.rows)
        try forEachChunk(data, classMap: .none, cancellation: cancellation) { chunk in
            network.applyOutputFunction(chunk.sums, count: chunk.count)
            for row in 0..<chunk.count {
                result.append((0..<layer.outputs).map { chunk.sums[row * layer.stride + $0] })
            }
        }
        return result
    }

    /// Each row's most likely class, as an index.
    func classes(
        _ data: Dataset, weights: [Float]? = nil, classMap: ClassMap,
        cancellation: CancellationToken?,
        _ body: (_ best: UnsafePointer<Int32>, PredictedChunk) -> Void
    ) throws {
        let layer = network.layout.layers[network.layout.layers.count - 1]
        let biases = network.biases(layer)
        try withUnsafeTemporaryAllocation(of: Int32.self, capacity: predictionRows) { best in
            try forEachChunk(
                data, weights: weights, classMap: classMap, cancellation: cancellation
            ) { chunk in
                if network.shape.output == .softmax {
                    ck_most_likely(
                        chunk.sums, chunk.count, layer.outputs, biases, best.baseAddress!)
                } else {
                    ck_likely(chunk.sums, chunk.count, biases, best.baseAddress!)
                }
                body(best.baseAddress!, chunk)
            }
        }
    }
}
