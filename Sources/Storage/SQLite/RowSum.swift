internal import CZlib

/// A running CRC-32 over rows, so that every row's sum stands for it and all rows before it.
///
/// SQLite would not notice a flipped byte in a number, nor a page that an older one has replaced.
/// A row's sum is taken from what its columns hold, before any of it is given a meaning.
struct RowSum {
    /// The sum of all rows so far.
    private(set) var value: UInt32 = 0
    private var bytes: [UInt8] = []

    /// Begins where another sum had got to.
    init(after value: UInt32 = 0) {
        self.value = value
    }

    mutating func add(_ integer: Int) {
        bytes.append(1)
        add(bits: UInt64(bitPattern: Int64(integer)))
    }

    mutating func add(_ real: Double) {
        bytes.append(2)
        add(bits: real.bitPattern)
    }

    mutating func add(_ text: String) {
        bytes.append(3)
        add(bits: UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Adds a text (`tag` 3) or a blob (4) as it lies.
    mutating func add(_ content: Span<UInt8>, tag: UInt8) {
        bytes.append(tag)
        add(bits: UInt64(content.count))
        content.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    mutating func addNull() { bytes.append(0) }

    private mutating func add(bits: UInt64) {
        withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Ends a row and gives its sum, as a column keeps it.
    mutating func close() -> Int {
        value = UInt32(crc32(UInt(value), bytes, UInt32(bytes.count)))
        bytes.removeAll(keepingCapacity: true)
        return Int(Int32(bitPattern: value))
    }
}
