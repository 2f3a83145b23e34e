/// A running CRC-32 over rows, so that every row's sum stands for it and all rows before it.
///
/// SQLite would not notice a flipped byte in a number, nor a page that an older one has replaced.
/// A row's sum is taken from what its columns hold, before any of it is given a meaning.
struct RowChecksum: ~Copyable {
    /// The sum of all rows so far.
    private(set) var value: UInt32
    /// Room for the row's bytes, of which the first `count` are taken. It stands in memory of its own: an
    /// array would be checked at each column of millions of rows.
    private var bytes: UnsafeMutableRawPointer
    private var capacity = 128
    private var count = 0

    /// Begins where another sum had got to.
    init(after value: UInt32 = 0) {
        self.value = value
        bytes = .allocate(byteCount: capacity, alignment: 1)
    }

    deinit { bytes.deallocate() }

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
            guard let start = content.baseAddress else { return }
            (bytes + count).copyMemory(from: start, byteCount: content.count)
        }
        count += content.count
    }

    mutating func addNull() {
        makeRoom(1)
        bytes.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    private mutating func add(tag: UInt8, _ bits: UInt64) {
        makeRoom(9)
        bytes.storeBytes(of: tag, toByteOffset: count, as: UInt8.self)
        bytes.storeBytes(of: bits.littleEndian, toByteOffset: count + 1, as: UInt64.self)
        count += 9
    }

    private mutating func makeRoom(_ more: Int) {
        if capacity < count + more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        capacity = 2 * max(capacity, count + more)
        let room = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
        room.copyMemory(from: bytes, byteCount: count)
        bytes.deallocate()
        bytes = room
    }

    /// Ends a row and gives its sum, as a column keeps it.
    mutating func close() -> Int {
        value = RowCRC.sum(after: value, UnsafeRawBufferPointer(start: bytes, count: count))
        count = 0
        return Int(Int32(bitPattern: value))
    }
}
