internal import CKernels
internal import Platform

/// A fixed number of trivial elements in memory aligned for the widest vectors.
///
/// Swift's arrays abort the process when memory runs out and are aligned to 16 bytes; a network
/// whose size a script chose needs an error instead, and the kernels want 64.
///
/// - Invariant: `pointer` is aligned to 64 bytes and owns `count` initialised elements.
struct AlignedBuffer<Element: BitwiseCopyable>: ~Copyable {
    let pointer: UnsafeMutablePointer<Element>
    private(set) var count: Int
    private let charge: MemoryCharge?

    /// Allocates `count` elements of all-zero bytes.
    ///
    /// - Parameter purpose: what the memory is for, as the error says it.
    /// - Throws: ``OutOfMemory``.
    init(count: Int, purpose: String) throws {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, count >= 0 else {
            throw OutOfMemory(what: purpose, bytes: nil)
        }
        let charge = bytes == 0 ? nil : try MemoryCharge.of(bytes, purpose: purpose)
        guard let raw = ck_allocate(bytes) else {
            throw OutOfMemory(what: purpose, bytes: bytes)
        }
        self.pointer = raw.bindMemory(to: Element.self, capacity: count)
        self.count = count
        self.charge = charge
    }

    /// A buffer without elements, for which no budget pays.
    static func empty() throws -> AlignedBuffer {
        try AlignedBuffer(count: 0, purpose: "an empty buffer")
    }

    deinit { ck_free(pointer) }

    /// The elements' bytes, valid as long as the buffer is.
    var mutableBytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: pointer, count: count))
    }

    /// The elements' bytes, valid as long as the buffer is.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(mutableBytes) }

    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count)
            return pointer[index]
        }
        nonmutating set {
            precondition(index >= 0 && index < count)
            pointer[index] = newValue
        }
    }

    /// Forgets the elements from `count` on; their memory stays until the end.
    mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count)
        self.count = count
    }

    /// Makes room for more elements, which are zeros.
    ///
    /// - Throws: ``OutOfMemory``; the buffer is then as it was.
    mutating func grow(to count: Int, purpose: String) throws {
        guard count > self.count else { return }
        let larger = try AlignedBuffer(count: count, purpose: purpose)
        larger.pointer.update(from: pointer, count: self.count)
        self = larger
    }

    /// Sets every byte to zero.
    func clear() {
        UnsafeMutableRawPointer(pointer).initializeMemory(
            as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
    }

    /// Copies the elements of a buffer of the same size.
    func copy(from other: borrowing AlignedBuffer<Element>) {
        precondition(count == other.count)
        pointer.update(from: other.pointer, count: count)
    }
}
