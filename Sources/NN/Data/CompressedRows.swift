internal import CKernels

/// The rows of a storage without their zeros, for the first layer of a network.
///
/// - Invariant: for each row its entries in ascending order of columns.
///
/// `@unchecked Sendable` holds because nothing writes after `init` and the memory lives as long as
/// the object.
final class CompressedRows: @unchecked Sendable {
    let kernel: ck_sparse
    private let memory: AlignedBuffer<UInt8>
    private let offsets: AlignedBuffer<UInt64>

    /// The share of elements that are not zero, from 0 to 1.
    let density: Double

    /// Denser rows than these are slower to use than the elements themselves for every network.
    private static let highestDensity = 0.49

    /// Compresses rows that are not too dense.
    ///
    /// - Returns: nil for dense rows, or rows wider than the format can tell.
    /// - Throws: ``OutOfMemory``.
    init?(_ elements: FeatureStorage.Elements, rows: Int, columns: Int) throws {
        let nonzero: Int
        let size: Int
        switch elements {
        case .bytes(let pixels):
            nonzero = ck_count_nonzero_bytes(pixels, rows * columns)
            size = 1
        case .floats(let values):
            nonzero = ck_count_nonzero_floats(values, rows * columns)
            size = 4
        }
        density = Double(nonzero) / (Double(rows) * Double(columns))
        guard columns <= 1 << 16, density <= Self.highestDensity else { return nil }
        let memory = try AlignedBuffer<UInt8>(
            count: ck_sparse_bytes(rows, nonzero, size), purpose: "a data set of \(rows) rows")
        let offsets = try AlignedBuffer<UInt64>(
            count: rows + 1, purpose: "a data set of \(rows) rows")
        switch elements {
        case .bytes(let pixels):
            ck_compress_bytes(pixels, rows, columns, memory.pointer, offsets.pointer)
        case .floats(let values):
            ck_compress_floats(values, rows, columns, memory.pointer, offsets.pointer)
        }
        kernel = ck_sparse(memory: memory.pointer, offsets: offsets.pointer, value_size: size)
        self.memory = memory
        self.offsets = offsets
    }

    /// Whether a first layer is faster over these rows than over all elements.
    ///
    /// The dense product copies the batch together; after that it takes for an element, zero or
    /// not, some third of what the sparse one takes for an entry, less once the weights outgrow the
    /// cache. The numbers lie between those measured on processors of two kinds
    /// (docs/performance.md), and are not measured here, since the choice decides the last bits of a
    /// result.
    func areFaster(for layer: LayerLayout) -> Bool {
        let vectors = Double(layer.stride / Int(CK_LANES))
        let isCached = layer.weightCount * 4 <= 768 << 10
        return density <= 0.2 / vectors + (isCached ? 0.29 : 0.26)
    }
}
