internal import CZlib
internal import Platform

/// Why compressed bytes could not be unpacked, as an error says it: "expected …, got …".
struct InflateError: Error {
    let expected: String
    let got: String
}

/// How deflated bytes are wrapped.
enum DeflateFormat {
    /// With gzip's header, length and checksum.
    case gzip
    /// Bare, as in a zip archive.
    case raw

    /// What zlib calls the size of its window, by which it also learns the wrapping.
    fileprivate var windowBits: Int32 { self == .gzip ? 16 + MAX_WBITS : -MAX_WBITS }
}

/// Unpacks deflated bytes, for gzip all parts one after the other.
///
/// - Parameters:
///   - size: how many bytes come out, as far as is known; more are taken as well.
///   - purpose: what the bytes are, as an error says it.
/// - Throws: ``InflateError`` for bytes that are cut short, damaged or followed by others,
///   ``OutOfMemory``.
///
/// Source: RFC 1951 and 1952.
func inflate(
    _ packed: UnsafeBufferPointer<UInt8>, _ format: DeflateFormat, size: Int, purpose: String
) throws -> AlignedBuffer<UInt8> {
    var stream = z_stream()
    guard
        inflateInit2_(
            &stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw OutOfMemory(what: purpose, bytes: nil) }
    defer { inflateEnd(&stream) }
    // One byte more than expected, so that zlib comes to the end without asking for room.
    var unpacked = try AlignedBuffer<UInt8>(count: max(size, 4096) + 1, purpose: purpose)
    var (read, written) = (0, 0)
    while true {
        if written == unpacked.count {
            let larger = try AlignedBuffer<UInt8>(count: unpacked.count * 2, purpose: purpose)
            larger.pointer.update(from: unpacked.pointer, count: written)
            unpacked = larger
        }
        // zlib counts in 32 bits.
        let input = min(packed.count - read, 1 << 30)
        let room = min(unpacked.count - written, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress).map { $0 + read }
        stream.avail_in = UInt32(input)
        stream.next_out = unpacked.pointer + written
        stream.avail_out = UInt32(room)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        read += input - Int(stream.avail_in)
        written += room - Int(stream.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR:
            guard read == packed.count, stream.avail_out > 0 else { continue }
            throw InflateError(
                expected: "more packed bytes after byte \(read)", got: "the end of the file")
        case Z_STREAM_END:
            if read == packed.count {
                unpacked.truncate(to: written)
                return unpacked
            }
            guard format == .gzip, packed[read...].starts(with: gzipMagic) else {
                throw InflateError(
                    expected: "the end of the packed bytes at byte \(read)",
                    got: "\(packed.count - read) bytes more")
            }
            inflateReset(&stream)
        case Z_MEM_ERROR: throw OutOfMemory(what: purpose, bytes: nil)
        default:
            throw InflateError(
                expected: "whole packed bytes",
                got: "damaged ones near byte \(read) "
                    + "(\(stream.msg.map { String(cString: $0) } ?? "error \(status)"))")
        }
    }
}

/// The first bytes of every gzipped file.
private let gzipMagic: [UInt8] = [0x1F, 0x8B]

/// Reads a whole file into memory, unpacked if it is gzipped, whatever its name.
///
/// - Throws: ``DatasetError``, ``OutOfMemory``.
func readUnpacked(_ path: String) throws -> AlignedBuffer<UInt8> {
    let file = try readFile(path)
    let bytes = UnsafeBufferPointer(start: file.pointer, count: file.count)
    guard bytes.starts(with: gzipMagic) else { return file }
    // A gzipped file ends with its length modulo 2^32; deflate packs to no less than 1/1032, so a
    // wrong one asks for no more memory than the file could need.
    let length = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    do {
        return try inflate(
            bytes, .gzip, size: min(length, file.count * 1032), purpose: path)
    } catch let error as InflateError {
        throw DatasetError.malformed(
            path: path, line: nil, expected: error.expected, got: error.got)
    }
}

/// The checksum that zip archives hold of each file.
func crc32(of bytes: borrowing AlignedBuffer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.pointer, bytes.count))
}
