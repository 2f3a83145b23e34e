internal import Platform
internal import Synchronization

/// The file that takes what a program writes and that is no report.
///
/// The poller's thread writes it.
final class ProgramLog: Sendable {
    private enum State {
        case open(Int32)
        /// Closed, and its last lines.
        case closed(lastLines: String?)
    }
    private let state: Mutex<State>
    private let start: Int

    /// Opens the log behind what is in it.
    ///
    /// - Throws: `FileError`.
    init(_ path: String) throws {
        try Folders.makeAbove(path)
        let file = try FilePlace(path).open(O_RDWR | O_CREAT | O_APPEND)
        start = (try? file.size()) ?? 0
        state = Mutex(.open(file.release()))
    }

    deinit { close() }

    /// Nothing is written any more. The last lines stay.
    func close() {
        state.withLock { state in
            guard case .open(let descriptor) = state else { return }
            state = .closed(lastLines: lastLines(of: descriptor))
            Platform.close(descriptor)
        }
    }

    /// Adds bytes. What cannot be written, as on a full disk, is lost: the trial continues.
    func write(_ bytes: [UInt8]) {
        state.withLock { state in
            if case .open(let descriptor) = state { Self.write(bytes, to: descriptor) }
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
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

    /// The last lines that were written since it was opened, at most 20; nil where none were.
    var lastLines: String? {
        state.withLock { state in
            switch state {
            case .open(let descriptor): lastLines(of: descriptor)
            case .closed(let lines): lines
            }
        }
    }

    private static let mostLines = 20

    private func lastLines(of descriptor: Int32) -> String? {
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
        let text = lines.suffix(Self.mostLines).map { String(decoding: $0, as: UTF8.self) }
        return text.isEmpty ? nil : text.joined(separator: "\n")
    }
}
