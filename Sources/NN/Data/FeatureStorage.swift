internal import Platform

/// The features of all rows of a data set, row after row, as they came: bytes or floats.
///
/// Pixels stay bytes, a quarter of the memory, and become floats when a kernel reads them.
/// All views of a data set share one storage.
///
/// - Invariant: `rows × columns` elements lie at `elements`, inside `memory`, and never change
///   after initialisation.
///
/// `@unchecked Sendable` holds because nothing writes after `init` and the memory lives as long as
/// the object.
final class FeatureStorage: @unchecked Sendable {
    /// Where the elements lie, by their type.
    enum Elements {
        /// A pixel p stands for p / 255.
        case bytes(UnsafePointer<UInt8>)
        case floats(UnsafePointer<Float>)
    }

    let rows: Int
    let columns: Int
    let elements: Elements
    /// The same rows without zeros, if that saves time.
    let compressed: CompressedRows?
    private let memory: AlignedBuffer<UInt8>

    /// Takes over a buffer of bytes whose elements start at `offset`.
    ///
    /// - Throws: ``OutOfMemory``.
    init(
        bytes memory: consuming AlignedBuffer<UInt8>, offset: Int, rows: Int, columns: Int
    ) throws {
        precondition(offset + rows * columns <= memory.count)
        self.rows = rows
        self.columns = columns
        elements = .bytes(UnsafePointer(memory.pointer + offset))
        compressed = try CompressedRows(elements, rows: rows, columns: columns)
        self.memory = memory
    }

    /// Takes over a buffer that begins with the floats of all rows.
    ///
    /// - Throws: ``OutOfMemory``.
    init(floats memory: consuming AlignedBuffer<UInt8>, rows: Int, columns: Int) throws {
        precondition(rows * columns * MemoryLayout<Float>.stride <= memory.count)
        self.rows = rows
        self.columns = columns
        elements = .floats(
            UnsafeRawPointer(memory.pointer).bindMemory(to: Float.self, capacity: rows * columns))
        compressed = try CompressedRows(elements, rows: rows, columns: columns)
        self.memory = memory
    }

    /// Allocates floats and lets `fill` write them all.
    ///
    /// - Throws: ``OutOfMemory``, and whatever `fill` throws.
    init(
        rows: Int, columns: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        let (bytes, overflow2) = count.multipliedReportingOverflow(by: 4)
        guard !overflow, !overflow2 else {
            throw OutOfMemory(what: "a data set of \(rows) rows", bytes: nil)
        }
        let memory = try AlignedBuffer<UInt8>(
            count: bytes, purpose: "a data set of \(rows) rows and \(columns) features")
        let floats = UnsafeMutableRawPointer(memory.pointer)
            .bindMemory(to: Float.self, capacity: count)
        try fill(UnsafeMutableBufferPointer(start: floats, count: count))
        self.rows = rows
        self.columns = columns
        elements = .floats(UnsafePointer(floats))
        compressed = try CompressedRows(elements, rows: rows, columns: columns)
        self.memory = memory
    }

    /// One element as the network sees it.
    subscript(row: Int, column: Int) -> Float {
        precondition(row >= 0 && row < rows && column >= 0 && column < columns)
        switch elements {
        case .bytes(let pixels): return Float(pixels[row * columns + column]) / 255
        case .floats(let values): return values[row * columns + column]
        }
    }
}
