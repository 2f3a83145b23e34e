/// A running CRC-32 over rows, so that every row's sum stands for it and all rows before it.
///
/// SQLite would not notice a flipped byte in a number, nor a page that an older one has replaced.
/// A row's sum is taken from what its columns hold, before any of it is given a meaning.
struct RowChecksum {
    /// The sum of all rows so far.
    private(set) var value: UInt32 = 0
    /// Room for the row's bytes, of which the first `count` are taken.
    private var bytes: [UInt8] = []
    private var count = 0

    /// Begins where another sum had got to.
    init(after value: UInt32 = 0) {
        self.value = value
    }

    mutating func add(_ integer: Int) { add(tag: 1, UInt64(bitPattern: Int64(integer))) }

    mutating func add(_ real: Double) { add(tag: 2, real.bitPattern) }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0.span, tag: 3) }
    }

    /// Adds a text (`tag` 3) or a blob (4) as it lies.
    mutating func add(_ content: Span<UInt8>, tag: UInt8) {
        add(tag: tag, UInt64(content.count))
        makeRoom(content.count)
        content.withUnsafeBytes { content in
            bytes.withUnsafeMutableBytes { room in
                UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: content)
            }
        }
        count += content.count
    }

    mutating func addNull() {
        makeRoom(1)
        bytes[count] = 0
        count += 1
    }

    private mutating func add(tag: UInt8, _ bits: UInt64) {
        makeRoom(9)
        bytes.withUnsafeMutableBytes { room in
            room[count] = tag
            room.storeBytes(of: bits.littleEndian, toByteOffset: count + 1, as: UInt64.self)
        }
        count += 9
    }

    private mutating func makeRoom(_ more: Int) {
        guard bytes.count < count + more else { return }
        bytes.append(contentsOf: repeatElement(0, count: max(128, bytes.count, more)))
    }

    /// Ends a row and gives its sum, as a column keeps it.
    mutating func close() -> Int {
        value = bytes.withUnsafeBytes {
            RowCRC.sum(after: value, UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        count = 0
        return Int(Int32(bitPattern: value))
    }
}
