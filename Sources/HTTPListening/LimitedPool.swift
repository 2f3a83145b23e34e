internal import FlyingSocks
internal import Platform
internal import Synchronization

/// Waits for sockets as another pool does, but for no longer than a limit, and for no more than a number
/// of them.
///
/// A client that says nothing, or reads nothing, loses its connection. Beyond the number the system keeps
/// new connections waiting.
struct LimitedPool: AsyncSocketPool {
    private let base: any AsyncSocketPool
    private let most: Int
    private let patience: Duration
    private let count = Count()

    /// - Parameters:
    ///   - most: how many connections may wait at a time.
    ///   - patience: how long each may wait.
    init(_ base: any AsyncSocketPool, most: Int, patience: Duration) {
        (self.base, self.most, self.patience) = (base, most, patience)
    }

    func prepare() async throws { try await base.prepare() }

    func run() async throws { try await base.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        guard !Self.isListening(socket) else {
            while count.value >= most { try await Task.sleep(for: .milliseconds(50)) }
            return try await base.suspendSocket(socket, untilReadyFor: events)
        }
        guard count.add(1) <= most else {
            count.add(-1)
            throw SocketError.disconnected
        }
        defer { count.add(-1) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await base.suspendSocket(socket, untilReadyFor: events) }
            group.addTask {
                try await Task.sleep(for: patience)
                throw SocketError.disconnected
            }
            defer { group.cancelAll() }
            _ = try await group.next()
        }
    }

    private static func isListening(_ socket: Socket) -> Bool {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let status = getsockopt(socket.file.rawValue, SOL_SOCKET, SO_ACCEPTCONN, &value, &size)
        return status == 0 && value != 0
    }

    private final class Count: Sendable {
        private let number = Mutex(0)

        var value: Int { number.withLock { $0 } }

        @discardableResult
        func add(_ change: Int) -> Int {
            number.withLock { number in
                number += change
                return number
            }
        }
    }
}
