internal import CKernels
internal import Platform

/// A piece of work like those whose times are measured, and its ``SpeedReference``.
///
/// `@unchecked Sendable` holds because nothing writes to the buffers after `init`.
final class ReferenceWork: @unchecked Sendable {
    /// What most of the time goes into. A core that is shared slows the one more than the other.
    enum Kind {
        /// A first layer of width 32 over 32 rows of 128 pixels, a fifth of them not zero.
        case sparse
        /// The product of 16 rows, 64 inputs and 64 outputs.
        case dense
    }

    /// How often it is done in a row to be timed, after once that is not: a core's first cache holds
    /// it all, so that it does not matter what was computed before.
    private static let repetitions = 12

    private static let sparse = MemoryBudgets.$current.withValue(nil) {
        try? ReferenceWork(.sparse)
    }
    private static let dense = MemoryBudgets.$current.withValue(nil) { try? ReferenceWork(.dense) }

    /// The only one of its kind, since what it has learnt is true of the machine. It belongs to no
    /// budget.
    ///
    /// - Throws: ``OutOfMemory``.
    static func shared(_ kind: Kind) throws -> ReferenceWork {
        guard let work = kind == .sparse ? sparse : dense else {
            throw OutOfMemory(what: "a speed reference", bytes: nil)
        }
        return work
    }

    let speed = SpeedReference()
    private let rows: Int
    private let columns: Int
    private let width: Int
    /// Nil for dense work.
    private let compressed: CompressedRows?
    private let numbers: [UInt32]
    private let pixels: AlignedBuffer<UInt8>
    private let inputs: AlignedBuffer<Float>
    private let weights: AlignedBuffer<Float>

    /// Measures it at several moments, so that the speed reference is worth something from the
    /// beginning.
    private init(_ kind: Kind) throws {
        (rows, columns, width) = kind == .sparse ? (32, 128, 32) : (16, 64, 64)
        numbers = [UInt32](0..<UInt32(rows))
        pixels = try AlignedBuffer(count: rows * columns, purpose: "a speed reference")
        inputs = try AlignedBuffer(count: rows * columns, purpose: "a speed reference")
        weights = try AlignedBuffer(count: columns * width, purpose: "a speed reference")
        var random = RandomGenerator(seed: 0)
        for place in 0..<pixels.count where random.below(5) == 0 { pixels[place] = 1 }
        compressed =
            kind == .sparse
            ? try CompressedRows(.bytes(pixels.pointer), rows: rows, columns: columns) : nil
        for look in 0..<5 {
            if look > 0 { usleep(10_000) }
            let times = (0..<5).map { _ in time() }.sorted()
            _ = speed.isReached(by: times[1])
        }
    }

    /// Does the work and tells how long it took.
    func time() -> Duration {
        withUnsafeTemporaryAllocation(
            byteCount: rows * width * MemoryLayout<Float>.stride, alignment: 64
        ) { memory in
            let sums = memory.bindMemory(to: Float.self).baseAddress!
            compute(sums)
            return ContinuousClock().measure {
                for _ in 0..<Self.repetitions { compute(sums) }
            }
        }
    }

    private func compute(_ sums: UnsafeMutablePointer<Float>) {
        if let compressed {
            withUnsafePointer(to: compressed.kernel) {
                ck_sparse_forward($0, numbers, rows, weights.pointer, width, sums)
            }
        } else {
            ck_multiply(
                rows, width, columns, inputs.pointer, columns, 1, weights.pointer, width, sums,
                width)
        }
    }
}
