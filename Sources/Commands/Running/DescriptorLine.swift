internal import Platform

/// The next line that comes from a descriptor, without its end; nil where it ends before.
///
/// Reads byte by byte and holds no lock. A stream of the C library's that waits for input is locked, and
/// no other could be flushed meanwhile.
package func nextLine(from descriptor: Int32) -> String? {
    var (line, byte): ([UInt8], UInt8) = ([], 0)
    while true {
        let count = read(descriptor, &byte, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { return nil }
        if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
        line.append(byte)
    }
}
