/// The files in a zip archive, stored or deflated, of any size (zip64).
///
/// Source: PKWARE, "APPNOTE.TXT: .ZIP file format specification" 6.3, §4.3 and §4.5.3.
final class ZipArchive {
    private struct Entry {
        let name: String
        let method: Int
        let isEncrypted: Bool
        let checksum: UInt32
        let packedSize: Int
        let size: Int
        let headerOffset: Int
    }

    let path: String
    private let bytes: AlignedBuffer<UInt8>
    private var entries: [Entry] = []

    /// The names of the files, in their order.
    var names: [String] { entries.map(\.name) }

    /// How large the archive is.
    var byteCount: Int { bytes.count }

    /// NumPy's arrays, as messages list them.
    var arrayNames: String {
        let names = names.filter { $0.hasSuffix(".npy") }.map { $0.dropLast(4) }
        return names.isEmpty ? "no arrays" : "arrays \(names.joined(separator: ", "))"
    }

    /// Whether it looks like a sparse matrix of scipy's.
    var isSparseMatrix: Bool {
        ["format.npy", "shape.npy", "data.npy"].allSatisfy(names.contains)
    }

    init(path: String) throws {
        self.path = path
        bytes = try readFile(path)
        guard number(at: 0, bytes: 4) == 0x0403_4B50 || number(at: 0, bytes: 4) == 0x0605_4B50
        else { throw malformed("a zip archive, which begins with PK", "other bytes") }
        var (position, count) = try directory()
        for _ in 0..<count { entries.append(try entry(at: &position)) }
    }

    /// The file of that name, unpacked and compared with its checksum; nil if there is none.
    func file(_ name: String) throws -> AlignedBuffer<UInt8>? {
        guard let entry = entries.last(where: { $0.name == name }) else { return nil }
        guard !entry.isEncrypted else { throw malformed("\(name) unencrypted", "encrypted") }
        guard number(at: entry.headerOffset, bytes: 4) == 0x0403_4B50,
            let nameLength = number(at: entry.headerOffset + 26, bytes: 2),
            let extraLength = number(at: entry.headerOffset + 28, bytes: 2)
        else { throw malformed("the file \(name) at byte \(entry.headerOffset)", "other bytes") }
        let start = entry.headerOffset + 30 + nameLength + extraLength
        guard entry.packedSize <= bytes.count - start else {
            throw malformed(
                "\(entry.packedSize) bytes of \(name) from byte \(start)",
                "a file of \(bytes.count)")
        }
        let packed = UnsafeBufferPointer(start: bytes.pointer + start, count: entry.packedSize)
        let unpacked = try unpack(packed, entry)
        guard unpacked.count == entry.size, crc32(of: unpacked) == entry.checksum else {
            throw malformed("\(name) with the length and checksum it was packed with", "others")
        }
        return unpacked
    }

    private func unpack(
        _ packed: UnsafeBufferPointer<UInt8>, _ entry: Entry
    ) throws -> AlignedBuffer<UInt8> {
        switch entry.method {
        case 0:
            let copy = try AlignedBuffer<UInt8>(count: packed.count, purpose: path)
            if let source = packed.baseAddress {
                copy.pointer.update(from: source, count: packed.count)
            }
            return copy
        case 8:
            do {
                return try inflate(
                    packed, .raw, size: min(entry.size, packed.count * 1032), purpose: path)
            } catch let error as InflateError {
                throw malformed("\(error.expected) of \(entry.name)", error.got)
            }
        default:
            throw malformed(
                "\(entry.name) stored or deflated", "compression method \(entry.method)")
        }
    }

    // MARK: - The directory

    /// Where the directory starts and how many entries it has.
    private func directory() throws -> (position: Int, count: Int) {
        let end = try directoryEnd()
        let position = number(at: end + 16, bytes: 4)!
        let count = number(at: end + 10, bytes: 2)!
        // An archive of many or large files has a wider record, to which a locator before this one
        // leads.
        guard number(at: end - 20, bytes: 4) == 0x0706_4B50 else { return (position, count) }
        guard let wide = number(at: end - 12, bytes: 8), number(at: wide, bytes: 4) == 0x0606_4B50,
            let position = number(at: wide + 48, bytes: 8),
            let count = number(at: wide + 32, bytes: 8)
        else { throw malformed("a zip64 record of the directory's end", "other bytes") }
        return (position, count)
    }

    /// Where the record at the archive's end starts, which only a comment may follow.
    private func directoryEnd() throws -> Int {
        let last = bytes.count - 22
        var position = last
        while position >= max(0, last - 0xFFFF) {
            if number(at: position, bytes: 4) == 0x0605_4B50 { return position }
            position -= 1
        }
        throw malformed("a directory at the end of the archive", "none, it is cut short")
    }

    private func entry(at position: inout Int) throws -> Entry {
        let start = position
        guard number(at: start, bytes: 4) == 0x0201_4B50,
            let flags = number(at: start + 8, bytes: 2),
            let nameLength = number(at: start + 28, bytes: 2),
            let extraLength = number(at: start + 30, bytes: 2),
            let commentLength = number(at: start + 32, bytes: 2),
            start + 46 + nameLength + extraLength <= bytes.count
        else { throw malformed("an entry of the directory at byte \(start)", "other bytes") }
        let extra = start + 46 + nameLength
        position = extra + extraLength + commentLength
        let name = UnsafeBufferPointer(start: bytes.pointer + start + 46, count: nameLength)
        guard let wide = wideNumbers(entry: start, extra: extra..<extra + extraLength) else {
            throw malformed("sizes of \(String(decoding: name, as: UTF8.self))", "none")
        }
        return Entry(
            name: String(decoding: name, as: UTF8.self), method: number(at: start + 10, bytes: 2)!,
            isEncrypted: flags & 1 != 0, checksum: UInt32(number(at: start + 16, bytes: 4)!),
            packedSize: wide.packedSize, size: wide.size, headerOffset: wide.headerOffset)
    }

    /// The numbers of an entry that may exceed 32 bits: those that are all ones stand, in this
    /// order, in the extra field of type 1 as 64 bits. Nil if they do not.
    private func wideNumbers(
        entry: Int, extra: Range<Int>
    ) -> (size: Int, packedSize: Int, headerOffset: Int)? {
        var numbers = [24, 20, 42].map { number(at: entry + $0, bytes: 4)! }
        let isWide = numbers.map { $0 == 0xFFFF_FFFF }
        if isWide.contains(true) {
            guard var field = field(1, in: extra) else { return nil }
            for index in numbers.indices where isWide[index] {
                guard field.count >= 8, let wide = number(at: field.lowerBound, bytes: 8) else {
                    return nil
                }
                numbers[index] = wide
                field = field.lowerBound + 8..<field.upperBound
            }
        }
        return (numbers[0], numbers[1], numbers[2])
    }

    /// Where the extra field of that type lies, its head left out.
    private func field(_ type: Int, in extra: Range<Int>) -> Range<Int>? {
        var position = extra.lowerBound
        while let found = number(at: position, bytes: 2),
            let length = number(at: position + 2, bytes: 2),
            position + 4 + length <= extra.upperBound
        {
            if found == type { return position + 4..<position + 4 + length }
            position += 4 + length
        }
        return nil
    }

    /// An integer, its lowest byte first; nil past the end, or if it exceeds the integers.
    private func number(at offset: Int, bytes count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        let value = (0..<count).reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64(bytes[offset + $1])
        }
        return Int(exactly: value)
    }

    private func malformed(_ expected: String, _ got: String) -> DatasetError {
        .malformed(path: path, line: nil, expected: expected, got: got)
    }
}
