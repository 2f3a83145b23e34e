import Foundation
import Synchronization

/// A Unix socket between clients and a server, which loses what it is told to lose.
public final class TestProxy: Sendable {
    private let folder: String
    private let server: TestServer
    private let listener: Int32
    private let losesBatch = Atomic(false)
    private let connections = Mutex<[Int32]>([])

    /// Listens beside the server's own socket.
    public init(_ server: TestServer) throws {
        self.server = server
        folder = server.folder + "/proxy-\(UInt32.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        listener = Self.makeSocket()
        let path = "\(folder)/.s.PGSQL.5432"
        guard Self.withAddress(path, { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0
        else { throw TestServer.Failure(description: "\(path): no socket") }
        Thread.detachNewThread { [self] in acceptAll() }
    }

    /// A database's address, reached through the proxy.
    public func address(_ address: String) -> String {
        address.replacingOccurrences(of: server.folder, with: folder)
    }

    /// Has the answer to the next batch that the server carries out, and its connection, be lost.
    public func loseNextBatch() { losesBatch.store(true, ordering: .sequentiallyConsistent) }

    /// Cuts all connections.
    public func cut() {
        connections.withLock { open in
            for socket in open { shutdown(socket, Int32(SHUT_RDWR)) }
            open = []
        }
    }

    private func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            let socket = Self.makeSocket()
            let path = "\(server.folder)/.s.PGSQL.5432"
            guard Self.withAddress(path, { connect(socket, $0, $1) }) == 0 else {
                close(client)
                close(socket)
                continue
            }
            connections.withLock { $0 += [client, socket] }
            Thread.detachNewThread { [self] in pass(from: client, to: socket, isAnswer: false) }
            Thread.detachNewThread { [self] in pass(from: socket, to: client, isAnswer: true) }
        }
    }

    /// Passes bytes on until one side ends.
    private func pass(from source: Int32, to target: Int32, isAnswer: Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            if isAnswer, Data(buffer[..<count]).range(of: Data("renewals\0".utf8)) != nil,
                losesBatch.exchange(false, ordering: .sequentiallyConsistent)
            {
                break
            }
            guard send(target, buffer, count, Self.withoutSignal) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }

    /// A client that has gone is no reason to end the process.
    private static var withoutSignal: Int32 {
        #if canImport(Darwin)
            0
        #else
            Int32(MSG_NOSIGNAL)
        #endif
    }

    private static func makeSocket() -> Int32 {
        #if canImport(Darwin)
            socket(AF_UNIX, SOCK_STREAM, 0)
        #else
            socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    private static func withAddress<T>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T
    ) -> T {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
