internal import Platform

/// Reads a whole file into memory.
///
/// - Throws: ``DatasetError/unreadable(path:reason:)``, ``OutOfMemory``.
func readFile(_ path: String) throws -> AlignedBuffer<UInt8> {
    do {
        let file = try FilePlace(path).open(O_RDONLY)
        let buffer = try AlignedBuffer<UInt8>(count: file.size(), purpose: path)
        let bytes = UnsafeMutableRawBufferPointer(start: buffer.pointer, count: buffer.count)
        guard try file.read(into: bytes) == buffer.count else {
            throw DatasetError.unreadable(
                path: path, reason: "the file changed while it was read")
        }
        return buffer
    } catch let error as FileError {
        throw DatasetError.unreadable(path: path, reason: "\(error)")
    }
}

/// Writes a file beside its place and then moves it there, so that no process sees half of it.
///
/// - Throws: ``DatasetError/unreadable(path:reason:)``.
func writeFile(_ bytes: [UInt8], to path: String) throws {
    do {
        try bytes.withUnsafeBytes { try AtomicFile.write($0, to: path) }
    } catch let error as FileError {
        throw DatasetError.unreadable(path: path, reason: "\(error)")
    }
}
