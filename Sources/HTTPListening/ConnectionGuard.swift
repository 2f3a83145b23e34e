internal import CConnections
internal import FlyingFox
internal import FlyingSocks
internal import Platform
internal import Synchronization

/// Ends connections whose requests are too long, or take too long to come.
///
/// FlyingFox reads a request's line and its headers for as long as they come, into memory: `lines` of
/// HTTPDecoder.swift collects bytes up to a newline without a limit, `readHeaders` collects lines up to
/// an empty one, and `HTTPServer.handleRequest` times the handler alone, which begins behind them. None
/// of it can be set. A pool of sockets is asked only where a read has to wait, which a client that
/// sends fast enough avoids. So this looks from outside, twice a second: the system counts the bytes
/// that were read of a connection, and the handler says which of its requests are complete. What is
/// held of a request that is too long is bounded by what is read in that time.
final class ConnectionGuard: Sendable {
    /// How far a request has come.
    enum Stage: Sendable {
        /// Its head is read, its body is not.
        case begun
        /// All of it is read.
        case read
        /// It is answered, or its answer is being sent.
        case answered
    }

    typealias Peer = HTTPRequest.Address

    private let limits: ConnectionLimits
    /// The last stage of each peer since the last look.
    private let stages = Mutex<[Peer: Stage]>([:])
    private let isStopped = Atomic(false)

    init(_ limits: ConnectionLimits) { self.limits = limits }

    /// Notes how far the request of a peer has come.
    func note(_ stage: Stage, of peer: Peer?) {
        guard let peer else { return }
        stages.withLock { $0[peer] = stage }
    }

    /// Microseconds from one look to the next.
    private static let interval: UInt32 = 500_000

    /// Looks after the connections to a port until `stop` is called, on a thread of its own: requests that
    /// never end may keep all threads of tasks busy.
    func start(port: UInt16) {
        SystemThread.start { [self] in
            var known: [Peer: Progress] = [:]
            while !isStopped.load(ordering: .relaxed) {
                usleep(Self.interval)
                known = look(at: port, known: known)
            }
        }
    }

    /// Looks after connections no more.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// - Returns: how far the request of each connection has come.
    private func look(at port: UInt16, known: [Peer: Progress]) -> [Peer: Progress] {
        let now = ContinuousClock.now
        let stages = stages.withLock { stages in
            defer { stages = [:] }
            return stages
        }
        var seen: [Peer: Progress] = [:]
        for (socket, peer) in Self.connections(to: port) {
            let read = Int(cc_bytes_read(socket.file.rawValue))
            guard read >= 0 else { continue }
            var progress = known[peer] ?? Progress(since: now)
            progress.take(read, stage: stages[peer], at: now)
            if progress.isOver(limits, at: now) { Self.end(socket.file.rawValue) }
            seen[peer] = progress
        }
        return seen
    }

    /// Ends a connection. To connect to nothing resets it at once and drops what is still to be read, also
    /// where FlyingFox is busy with what it has read; what cannot do that ends it when that is done.
    private static func end(_ descriptor: Int32) {
        var nothing = sockaddr()
        nothing.sa_family = sa_family_t(AF_UNSPEC)
        connect(descriptor, &nothing, socklen_t(MemoryLayout<sockaddr>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// The connections of this process to one of its ports.
    private static func connections(to port: UInt16) -> [(Socket, Peer)] {
        guard let folder = opendir("/dev/fd") else { return [] }
        defer { closedir(folder) }
        var found: [(Socket, Peer)] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let number = Int32(name) else { continue }
            let socket = Socket(file: .init(rawValue: number))
            guard let own = try? socket.sockname(), own.port == port,
                let peer = try? socket.remotePeer()
            else { continue }
            found.append((socket, .make(from: peer)))
        }
        return found
    }
}

extension Socket.Address {
    /// The port; nil of a Unix socket.
    var port: UInt16? {
        switch self {
        case .ip4(_, let port), .ip6(_, let port): port
        case .unix: nil
        }
    }
}
