/// The files in a zip archive, stored or deflated.
///
/// Source: PKWARE, "APPNOTE.TXT: .ZIP file format specification" 6.3, §4.3.
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

    init(path: String) throws {
        self.path = path
        bytes = try readFile(path)
        guard number(at: 0, bytes: 4) == 0x0403_4B50 || number(at: 0, bytes: 4) == 0x0605_4B50
        else { throw malformed("a zip archive, which begins with PK", "other bytes") }
        let end = try directoryEnd()
        var position = number(at: end + 16, bytes: 4)!
        for _ in 0..<number(at: end + 10, bytes: 2)! {
            entries.append(try entry(at: &position))
        }
    }

    /// The file of that name, unpacked and compared with its checksum; nil if there is none.
    func file(_ name: String) throws -> AlignedBuffer<UInt8>? {
        guard let entry = entries.last(where: { $0.name == name }) else { return nil }
        guard !entry.isEncrypted else { throw malformed("\(name) unencrypted", "encrypted") }
        guard entry.size < 0xFFFF_FFFF, entry.packedSize < 0xFFFF_FFFF else {
            throw malformed("files of less than 4 GB", "\(name), which is larger")
        }
        guard number(at: entry.headerOffset, bytes: 4) == 0x0403_4B50,
            let nameLength = number(at: entry.headerOffset + 26, bytes: 2),
            let extraLength = number(at: entry.headerOffset + 28, bytes: 2)
        else { throw malformed("the file \(name) at byte \(entry.headerOffset)", "other bytes") }
        let start = entry.headerOffset + 30 + nameLength + extraLength
        guard start + entry.packedSize <= bytes.count else {
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
            let offset = number(at: start + 42, bytes: 4), start + 46 + nameLength <= bytes.count
        else { throw malformed("an entry of the directory at byte \(start)", "other bytes") }
        position = start + 46 + nameLength + extraLength + commentLength
        let name = UnsafeBufferPointer(start: bytes.pointer + start + 46, count: nameLength)
        return Entry(
            name: String(decoding: name, as: UTF8.self), method: number(at: start + 10, bytes: 2)!,
            isEncrypted: flags & 1 != 0, checksum: UInt32(number(at: start + 16, bytes: 4)!),
            packedSize: number(at: start + 20, bytes: 4)!, size: number(at: start + 24, bytes: 4)!,
            headerOffset: offset)
    }

    /// An integer, its lowest byte first; nil past the end.
    private func number(at offset: Int, bytes count: Int) -> Int? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        return (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }

    private func malformed(_ expected: String, _ got: String) -> DatasetError {
        .malformed(path: path, line: nil, expected: expected, got: got)
    }
}
