internal import Engine
internal import Platform
internal import Synchronization

/// Where clients that ask and tell come from: standard input and output, or a Unix socket.
package final class AskServer: Sendable {
    private let inbox: AskInbox
    private let names: ReportNames
    private let polled = Polled()
    private let path = Mutex<String?>(nil)

    /// A server without clients.
    package init(_ inbox: AskInbox, names: ReportNames) {
        (self.inbox, self.names) = (inbox, names)
    }

    /// Serves one client, whose end closes the inbox.
    ///
    /// - Parameters:
    ///   - input: where its requests come from.
    ///   - output: where its answers go.
    package func serve(input: Int32, output: Int32) {
        Poller.shared.perform { [self] in
            polled.channels.append(
                AskChannel(input: input, output: output, inbox: inbox, names: names) {
                    [inbox, polled] in
                    polled.count.withLock { $0 -= 1 }
                    inbox.close()
                })
        }
        polled.count.withLock { $0 += 1 }
    }

    /// Serves all clients that connect to a socket, which only this user can.
    ///
    /// - Parameter path: at most 107 bytes. What is there and answers no more is replaced.
    /// - Throws: `FileError`.
    package func listen(at path: String) throws {
        try Self.removeAbandoned(path)
        let outcome = Monitor<Result<Void, FileError>?>(nil)
        Poller.shared.perform { [self] in
            do {
                polled.listener = try SocketListener(path) { [self] in connect($0) }
                outcome.change { $0 = .success(()) }
            } catch {
                outcome.change { $0 = .failure(error as? FileError ?? .last) }
            }
        }
        try outcome.wait { $0 }?.get()
        self.path.withLock { $0 = path }
    }

    /// Whether a client is connected.
    package var hasClients: Bool { polled.count.withLock { $0 } > 0 }

    /// A socket that a server which was killed has left behind.
    private static func removeAbandoned(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK, !SocketListener.answers(at: path) else {
            throw FileError.system(EADDRINUSE)
        }
        unlink(path)
    }

    private func connect(_ descriptor: Int32) {
        polled.channels.removeAll(where: \.isClosed)
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0, polled.channels.count < Self.mostClients else {
            Platform.close(descriptor)
            if copy >= 0 { Platform.close(copy) }
            return
        }
        polled.count.withLock { $0 += 1 }
        polled.channels.append(
            AskChannel(input: descriptor, output: copy, inbox: inbox, names: names) { [polled] in
                polled.count.withLock { $0 -= 1 }
            })
    }

    /// Beyond these a connection is closed at once.
    private static let mostClients = 1024

    /// Ends all connections, and removes the socket.
    package func close() {
        let isDone = Monitor(false)
        Poller.shared.perform { [self] in
            polled.listener?.close()
            polled.listener = nil
            for channel in polled.channels { channel.close() }
            polled.channels = []
            isDone.change { $0 = true }
        }
        _ = isDone.wait { $0 ? true : nil }
        if let path = path.withLock({ $0.take() }) { unlink(path) }
    }

    /// What the poller's thread alone touches; that is why it may be shared.
    private final class Polled: @unchecked Sendable {
        var listener: SocketListener?
        var channels: [AskChannel] = []
        /// Connected clients, for other threads.
        let count = Mutex(0)
    }
}
