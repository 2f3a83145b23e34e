internal import CProcesses

/// A connection to a Unix socket, on which each line that is sent is answered by one. The caller waits.
package final class LineConnection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects to the socket of this path.
    ///
    /// - Throws: `FileError`.
    package init(_ path: String) throws {
        descriptor = socket(AF_UNIX, cp_stream_socket, 0)
        guard descriptor >= 0 else { throw FileError.last }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard cp_connect(descriptor, path) == 0 else { throw FileError.last }
    }

    deinit { close(descriptor) }

    /// Sends a line, and waits for the next that comes.
    ///
    /// - Parameter line: without its end.
    /// - Returns: the answer without its end; nil where the other side has gone.
    /// - Throws: `FileError`.
    package func exchange(_ line: String) throws -> [UInt8]? {
        try send(Array((line + "\n").utf8))
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                defer { received.removeFirst(end + 1) }
                return Array(received[..<end])
            }
            guard try receive() else { return nil }
        }
    }

    private func send(_ bytes: [UInt8]) throws {
        var failure: FileError?
        BrokenPipe.ignoring {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 || errno == EINTR else {
                    failure = FileError.last
                    return
                }
                rest = rest.dropFirst(max(0, count))
            }
        }
        if let failure { throw failure }
    }

    /// Takes what has come; false at the end.
    private func receive() throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 || errno == EINTR else { throw FileError.last }
        received += bytes.prefix(max(0, count))
        return count != 0
    }
}
