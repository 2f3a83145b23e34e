internal import CKernels
internal import Platform

/// One layer's place among the parameters.
///
/// The weights are a matrix [inputs][stride], row i holding what input i contributes to each
/// output; the biases follow as one more row.
struct LayerLayout: Sendable {
    let inputs: Int
    let outputs: Int
    /// `outputs` rounded up to whole vectors; the weights in the padding are 0 and stay so.
    let stride: Int
    /// Where the layer starts in the buffer of all parameters.
    let offset: Int

    var weightCount: Int { inputs * stride }
    var biasOffset: Int { offset + weightCount }
    var end: Int { biasOffset + stride }
}

/// Where the parameters of each layer lie in one buffer.
struct NetworkLayout: Sendable {
    let layers: [LayerLayout]

    /// Floats in the buffer, the padding included.
    var count: Int { layers[layers.count - 1].end }

    /// Places one layer after the other.
    ///
    /// - Throws: ``OutOfMemory`` when a size exceeds the integers.
    init(_ shape: NetworkShape) throws {
        let lanes = Int(CK_LANES)
        var layers: [LayerLayout] = []
        var offset = 0
        for (inputs, outputs) in zip(shape.widths, shape.widths.dropFirst()) {
            let padded = outputs.addingReportingOverflow(lanes - 1)
            let stride = padded.partialValue / lanes * lanes
            let (size, overflow) = (inputs + 1).multipliedReportingOverflow(by: stride)
            let (end, overflow2) = offset.addingReportingOverflow(size)
            guard !padded.overflow, !overflow, !overflow2, end < Int.max / 64,
                stride < Int(Int32.max)
            else { throw OutOfMemory(what: "a network of \(shape)", bytes: nil) }
            layers.append(
                LayerLayout(inputs: inputs, outputs: outputs, stride: stride, offset: offset))
            offset = end
        }
        self.layers = layers
    }

    /// Floats for one value of every layer's outputs for each of `rows` rows; nil on overflow.
    func activationCount(rows: Int) -> Int? {
        let width = layers.reduce(0) { $0 + $1.stride }
        let (count, overflow) = width.multipliedReportingOverflow(by: rows)
        return overflow || count > Int.max / 64 ? nil : count
    }
}
