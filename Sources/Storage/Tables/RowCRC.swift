internal import CZlib

/// zlib's CRC-32 of what is as short as a row, for which zlib's own is made less.
///
/// Source: Kounavis, Berry 2005, "A systematic approach to building high performance, software-based,
/// CRC generators" (slicing by 8).
enum RowCRC {
    /// Longer content is left to zlib.
    private static let longest = 512

    /// The sum after `bytes`, when it was `crc` before them.
    static func sum(after crc: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard bytes.count <= longest else {
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return UInt32(crc32_z(UInt(crc), start, z_size_t(bytes.count)))
        }
        return tables.withUnsafeBufferPointer { sum(after: crc, bytes, $0) }
    }

    private static func sum(
        after crc: UInt32, _ bytes: UnsafeRawBufferPointer, _ table: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var crc = ~crc
        var place = 0
        while place + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            let bits = word ^ UInt64(crc)
            crc = 0
            for slice in 0..<8 {
                let byte = Int(truncatingIfNeeded: bits >> UInt64(8 * slice)) & 0xff
                crc ^= table[(7 - slice) * 256 + byte]
            }
            place += 8
        }
        while place < bytes.count {
            crc = table[Int((crc ^ UInt32(bytes[place])) & 0xff)] ^ crc >> 8
            place += 1
        }
        return ~crc
    }

    /// Shape [8][256]: what a byte does to the sum with 0, 1 … 7 bytes behind it.
    private static let tables: [UInt32] = {
        var tables = (0..<256).map { byte -> UInt32 in
            (0..<8).reduce(UInt32(byte)) { crc, _ in
                crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1
            }
        }
        for place in 256..<8 * 256 {
            let before = tables[place - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xff)])
        }
        return tables
    }()
}
