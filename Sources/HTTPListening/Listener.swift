internal import FlyingFox
internal import FlyingSocks
internal import Platform
internal import Synchronization

/// A server over HTTP: it listens at an address, and hands on the requests that keep its limits.
package struct Listener: Sendable {
    /// Where it listens.
    package let address: ListeningAddress
    private let limits: ConnectionLimits
    private let answering: any RequestAnswering

    /// A server that does not listen yet.
    package init(
        _ address: ListeningAddress, limits: ConnectionLimits = ConnectionLimits(),
        answering: any RequestAnswering
    ) {
        (self.address, self.limits, self.answering) = (address, limits, answering)
    }

    /// Serves until the task is cancelled, again where the system had no descriptor left. Connections
    /// are then closed.
    ///
    /// - Parameters:
    ///   - port: 0 for one that is free.
    ///   - started: is given the port when it listens there.
    /// - Throws: `ListeningFailure.port` when it cannot listen there; `CancellationError`.
    package func run(
        at port: UInt16, started: @escaping @Sendable (UInt16) -> Void
    ) async throws {
        Self.allowManyConnections()
        let found = FoundPort()
        while true {
            do {
                try await serve(at: found.value ?? port) { port in
                    if found.isFirst(port) { started(port) }
                }
            } catch {
                try Task.checkCancellation()
                guard found.value != nil else { throw failure(error, at: port) }
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func serve(
        at port: UInt16, listening: @escaping @Sendable (UInt16) -> Void
    ) async throws {
        let guarding = ConnectionGuard(limits)
        let server = HTTPServer(
            config: try configuration(port: port),
            handler: AnsweringHandler(answering: answering, guarding: guarding))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try await server.waitUntilListening(timeout: 60)
                let port = await server.listeningAddress?.port ?? port
                listening(port)
                guarding.start(port: port)
            }
            defer { guarding.stop() }
            for try await _ in group {}
        }
    }

    private func configuration(port: UInt16) throws -> HTTPServer.Configuration {
        let pool = LimitedPool(
            HTTPServer.defaultPool(), most: limits.connections, patience: limits.silence)
        let logger: DisabledLogger = .disabled
        return HTTPServer.Configuration(
            address: try address.socketAddress(port: port), timeout: limits.answerSeconds,
            pool: pool, logger: logger)
    }

    private func failure(_ error: any Error, at port: UInt16) -> ListeningFailure {
        guard case SocketError.failed(_, _, let message) = error else {
            return .port(port, reason: "\(error)")
        }
        return .port(port, reason: message.lowercased())
    }

    /// Every connection takes a file descriptor, of which a process may have 1024 unless it asks.
    private static func allowManyConnections() {
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65_536))
        setrlimit(files, &limit)
    }

    #if canImport(Glibc)
        private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let files = RLIMIT_NOFILE
    #endif
}

/// The port that a server has found, for it to have again.
private final class FoundPort: Sendable {
    private let port = Mutex<UInt16?>(nil)

    var value: UInt16? { port.withLock { $0 } }

    /// Keeps the port; whether it is the first.
    func isFirst(_ found: UInt16) -> Bool {
        port.withLock { port in
            defer { port = found }
            return port == nil
        }
    }
}
