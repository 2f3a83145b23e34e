internal import CProcesses

/// A Unix socket that programs of the same user can connect to. Belongs to the poller's thread.
package final class SocketListener {
    /// The longest path that a socket's address holds.
    package static let longestPath = 107

    private let descriptor: Int32
    private var watch: PollWatch?
    private let connected: (Int32) -> Void

    /// Makes a socket of mode 0600, and takes connections until ``close()``.
    ///
    /// - Parameters:
    ///   - path: at most ``longestPath`` bytes, where nothing is.
    ///   - connected: is given a descriptor that does not block, which is its own from then on.
    /// - Throws: `FileError`.
    package init(_ path: String, connected: @escaping (Int32) -> Void) throws {
        self.connected = connected
        guard path.utf8.count <= Self.longestPath else { throw FileError.system(ENAMETOOLONG) }
        let descriptor = socket(AF_UNIX, cp_stream_socket, 0)
        guard descriptor >= 0 else { throw FileError.last }
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        guard cp_bind(descriptor, path) == 0, chmod(path, 0o600) == 0, listen(descriptor, 128) == 0
        else {
            let error = FileError.last
            Platform.close(descriptor)
            throw error
        }
        watch = Poller.shared.watch(descriptor, for: .reading) { [unowned self] _ in accept() }
    }

    private func accept() {
        while true {
            let connection = cp_accept(descriptor)
            if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
            guard connection >= 0 else {
                if errno != EAGAIN && errno != EWOULDBLOCK { rest() }
                return
            }
            connected(connection)
        }
    }

    /// Without a free descriptor the next try comes later: the connection waits.
    private func rest() {
        watch?.interest = []
        Poller.shared.after(0.1) { [weak self] in self?.watch?.interest = .reading }
    }

    /// Takes no more connections.
    package func close() {
        guard let watch else { return }
        self.watch = nil
        watch.cancel()
        Platform.close(descriptor)
    }

    /// Whether a process listens at a path.
    package static func answers(at path: String) -> Bool {
        let descriptor = socket(AF_UNIX, cp_stream_socket, 0)
        guard descriptor >= 0 else { return false }
        defer { Platform.close(descriptor) }
        return cp_connect(descriptor, path) == 0
    }
}
