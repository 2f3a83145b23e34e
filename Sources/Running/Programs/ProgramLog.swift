internal import Platform

/// The file that takes what a program writes and that is no report.
///
/// The poller's thread writes it.
final class ProgramLog: Sendable {
    private let descriptor: Int32
    private let path: String
    private let start: Int

    /// Opens the log behind what is in it.
    ///
    /// - Throws: `FileError`.
    init(_ path: String) throws {
        self.path = path
        try Folders.makeAbove(path)
        let file = try FilePlace(path).open(O_RDWR | O_CREAT | O_APPEND)
        start = (try? file.size()) ?? 0
        descriptor = file.release()
    }

    deinit { close(descriptor) }

    /// Adds bytes. What cannot be written, as on a full disk, is lost: the trial continues.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Platform.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Bytes of the end that are looked at.
    private static let size = 1 << 14

    /// The last lines that were written since it was opened; nil where none were.
    func lastLines(atMost limit: Int) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        let end = Int(status.st_size)
        let first = max(start, end - Self.size)
        guard end > first else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: end - first) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(first)))
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let text = lines.suffix(limit).map { String(decoding: $0, as: UTF8.self) }
        return text.isEmpty ? nil : text.joined(separator: "\n")
    }
}
