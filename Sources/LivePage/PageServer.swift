internal import FlyingFox
internal import FlyingSocks
internal import Foundation
internal import Platform

/// Serves one page and its stream of events over HTTP.
///
/// It reads nothing of a study and writes to nothing: what it sends comes from a feed, and what pages
/// ask for goes through a control.
package struct PageServer: Sendable {
    /// Why it cannot serve.
    package enum Failure: Error, CustomStringConvertible {
        case address(String)
        case port(Int, reason: String)

        package var description: String {
            switch self {
            case .address(let address):
                "--address: expected an IP address or localhost, got \"\(address)\""
            case .port(let port, let reason):
                "--port \(port): cannot listen there: \(reason)"
            }
        }
    }

    /// The port that is tried first where none is asked for.
    package static let usualPort: UInt16 = 8642

    private let address: String
    private let port: UInt16?
    private let rule: AccessRule
    private let handler: PageHandler
    private let key: String?

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: 0 for one that is free; nil for the usual one, or one that is free where another
    ///     program has that.
    ///   - page: the page, which loads `events` from here.
    ///   - feed: what it is sent.
    ///   - control: hands on what users ask of the run; nil where the page only shows.
    /// - Throws: `Failure.address`.
    package init(
        address: String, port: UInt16?, page: String, feed: PageFeed, control: PageControl? = nil
    ) throws {
        self.address = address == "localhost" ? "127.0.0.1" : address
        self.port = port
        rule = AccessRule(address: address, token: AccessToken.make())
        handler = PageHandler(
            rule: rule, page: Data(page.utf8), feed: feed, control: control)
        key = control?.key
        do { _ = try server(at: 0) } catch { throw Failure.address(address) }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter started: is given the page's address when it can be opened.
    /// - Throws: `Failure.port` when it cannot listen there.
    package func run(started: @escaping @Sendable (String) -> Void) async throws {
        Self.allowManyConnections()
        do {
            try await serve(at: port ?? Self.usualPort, started: started)
        } catch Failure.port where port == nil {
            try await serve(at: 0, started: started)
        }
    }

    private func serve(
        at port: UInt16, started: @escaping @Sendable (String) -> Void
    ) async throws {
        let server = try server(at: port)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    try await server.waitUntilListening(timeout: 60)
                    started(link(atPort: await server.listeningPort ?? port))
                }
                for try await _ in group {}
            }
        } catch SocketError.failed(_, _, let message) {
            throw Failure.port(Int(port), reason: message)
        }
    }

    private func server(at port: UInt16) throws -> HTTPServer {
        let logger: DisabledLogger = .disabled
        if address.contains(":") {
            return HTTPServer(
                address: try .inet6(ip6: address, port: port), logger: logger, handler: handler)
        }
        return HTTPServer(
            address: try .inet(ip4: address, port: port), logger: logger, handler: handler)
    }

    /// The page's address. Where all addresses are listened on it has the machine's name.
    private func link(atPort port: UInt16) -> String {
        var name = address.contains(":") ? "[\(address)]" : address
        if address == "0.0.0.0" || address == "::" { name = Self.machine ?? name }
        return "http://\(name):\(port)/" + (rule.token.map { "?token=\($0)" } ?? "")
            + (key.map { "#key=\($0)" } ?? "")
    }

    private static var machine: String? {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0, name[0] != 0 else { return nil }
        return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// Every page takes a file descriptor, of which a process may have 1024 unless it asks.
    private static func allowManyConnections() {
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        setrlimit(files, &limit)
    }

    #if canImport(Glibc)
        private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let files = RLIMIT_NOFILE
    #endif
}

extension HTTPServer {
    fileprivate var listeningPort: UInt16? {
        switch listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): port
        case .unix, nil: nil
        }
    }
}
