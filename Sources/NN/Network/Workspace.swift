internal import Platform

/// The memory a network needs besides its parameters, allocated once and used for every batch.
final class Workspace {
    /// The most rows a batch may have.
    let capacity: Int
    /// The batch's rows of the data set's storage, and their targets.
    let rows: AlignedBuffer<UInt32>
    let labels: AlignedBuffer<Int32>
    let values: AlignedBuffer<Float>
    /// The rows' weights, if they have some.
    private let weights: AlignedBuffer<Float>
    private(set) var weightsInUse: UnsafeMutablePointer<Float>?
    /// The batch's features, [capacity][features]; empty until a dense data set needs it.
    private(set) var inputs: AlignedBuffer<Float>
    /// Every layer's outputs, one [capacity][stride] after the other.
    private let activations: AlignedBuffer<Float>
    /// ∂L/∂z of every hidden layer, laid out as the activations. Empty when not training.
    private let deltas: AlignedBuffer<Float>
    /// The parameters' gradient, laid out as they are. Empty when not training.
    let gradient: AlignedBuffer<Float>
    /// The weights of one layer, transposed.
    let transposed: AlignedBuffer<Float>
    /// Where each layer starts in `activations` and `deltas`.
    private let offsets: [Int]

    /// - Parameters:
    ///   - capacity: the most rows of a batch.
    ///   - training: whether gradients will be computed.
    /// - Throws: ``OutOfMemory``.
    init(_ shape: NetworkShape, _ layout: NetworkLayout, capacity: Int, training: Bool) throws {
        let purpose = "batches of \(capacity) rows"
        guard let width = layout.activationCount(rows: capacity) else {
            throw OutOfMemory(what: purpose, bytes: nil)
        }
        self.capacity = capacity
        rows = try AlignedBuffer(count: capacity, purpose: purpose)
        labels = try AlignedBuffer(count: capacity, purpose: purpose)
        values = try AlignedBuffer(
            count: shape.output == .identity ? capacity * shape.widths[shape.widths.count - 1] : 0,
            purpose: purpose)
        weights = try AlignedBuffer(count: capacity, purpose: purpose)
        inputs = try AlignedBuffer(count: 0, purpose: purpose)
        activations = try AlignedBuffer(count: width, purpose: purpose)
        deltas = try AlignedBuffer(count: training ? width : 0, purpose: purpose)
        gradient = try AlignedBuffer(
            count: training ? layout.count : 0, purpose: "the gradient")
        let transposedSizes = layout.layers.indices.dropFirst().map {
            layout.layers[$0].outputs * layout.layers[$0 - 1].stride
        }
        transposed = try AlignedBuffer(
            count: training ? transposedSizes.max() ?? 0 : 0, purpose: purpose)
        var offset = 0
        offsets = layout.layers.map { layer in
            defer { offset += capacity * layer.stride }
            return offset
        }
    }

    /// Takes the weights of the batch's rows.
    ///
    /// - Parameters:
    ///   - all: those of the data set's rows; nil where all are 1.
    ///   - positions: the batch's rows in the data set.
    /// - Returns: their sum.
    func loadWeights(_ all: [Float]?, positions: some Collection<Int>) -> Double {
        guard let all else {
            weightsInUse = nil
            return Double(positions.count)
        }
        weightsInUse = weights.pointer
        var sum = 0.0
        for (index, position) in positions.enumerated() {
            weights[index] = all[position]
            sum += Double(all[position])
        }
        return sum
    }

    /// Makes room for the features of a batch.
    ///
    /// - Throws: ``OutOfMemory``.
    func reserveInputs(columns: Int) throws {
        let (count, overflow) = capacity.multipliedReportingOverflow(by: columns)
        let purpose = "batches of \(capacity) rows"
        guard !overflow else { throw OutOfMemory(what: purpose, bytes: nil) }
        if inputs.count < count { inputs = try AlignedBuffer(count: count, purpose: purpose) }
    }

    /// Layer `index`'s outputs, [capacity][stride].
    func activation(_ index: Int) -> UnsafeMutablePointer<Float> {
        activations.pointer + offsets[index]
    }

    /// ∂L/∂z of layer `index`, [capacity][stride].
    func delta(_ index: Int) -> UnsafeMutablePointer<Float> {
        deltas.pointer + offsets[index]
    }
}
