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

    /// The share of non-zero elements up to which the compressed rows are used.
    ///
    /// See docs/performance.md for where the dense product becomes faster.
    static let highestDensity = 0.6

    /// Compresses rows of which at most ``highestDensity`` of the elements are not zero.
    ///
    /// - Returns: nil if they are denser, or wider than the format can tell.
    /// - Throws: ``NNError/outOfMemory(what:bytes:)``.
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
        guard columns <= 1 << 16,
            Double(nonzero) <= Self.highestDensity * Double(rows) * Double(columns)
        else { return nil }
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
}
