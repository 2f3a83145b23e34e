internal import FlyingFox
internal import FlyingSocks
internal import Platform
package import Running
internal import Synchronization

/// Clients that ask and tell over HTTP: `POST /v1/ask`, `GET /v1/front` and so on, each with the JSON
/// object that is a line on a socket.
package final class HTTPDoor: AskDoor {
    private let place: Place
    private let tokenFile: String
    private let opened = Mutex<Opened?>(nil)

    /// Where it listens.
    private struct Place: Sendable {
        let address: String
        var port: UInt16

        var link: String {
            "http://\(address.contains(":") ? "[\(address)]" : address):\(port)"
        }
    }

    private struct Opened {
        let token: TokenFile
        let task: Task<Void, Never>
    }

    /// A door that is closed.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: 0 for one that is free.
    ///   - tokenFile: the file with the token that clients need; it is made where it is not there.
    package init(address: String, port: UInt16, tokenFile: String) {
        place = Place(address: address == "localhost" ? "127.0.0.1" : address, port: port)
        self.tokenFile = tokenFile
    }

    /// Listens, and has the server answer what comes.
    ///
    /// - Returns: the address, and where the token is.
    /// - Throws: `AskDoorError` for an address, a port or a token's file that cannot be used.
    package func open(to server: AskServer) throws -> String {
        let token = try TokenFile(tokenFile)
        let handler = RequestHandler(
            rule: RequestRule(address: place.address, token: token.token), server: server)
        let outcome = Monitor<Result<UInt16, AskDoorError>?>(nil)
        let task = Task.detached { [place] in
            await Self.serve(place, handler) { result in
                outcome.change { if $0 == nil { $0 = result } }
            }
        }
        var place = place
        do { place.port = try outcome.wait { $0 }?.get() ?? place.port } catch {
            task.cancel()
            token.remove()
            throw error
        }
        opened.withLock { $0 = Opened(token: token, task: task) }
        return "serving \(place.link), the token is in \(tokenFile)"
    }

    /// Listens no more, and removes the token's file where it was made here.
    package func close() {
        guard let opened = opened.withLock({ $0.take() }) else { return }
        opened.task.cancel()
        opened.token.remove()
    }

    /// How many connections there may be, and how long each may say nothing.
    private static let (most, patience) = (256, Duration.seconds(60))
    /// Seconds after which the answer to a request is given up; later than the handler gives it up.
    private static let longestAnswer = 300.0

    /// Serves until the task is cancelled, again where the system had no descriptor left.
    ///
    /// - Parameter told: is given the port, or why there is none.
    private static func serve(
        _ place: Place, _ handler: RequestHandler,
        told: @escaping @Sendable (Result<UInt16, AskDoorError>) -> Void
    ) async {
        let port = FoundPort(place.port)
        while !Task.isCancelled {
            do {
                let server = try make(
                    Place(address: place.address, port: port.value), handler)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await server.run() }
                    group.addTask {
                        try await server.waitUntilListening(timeout: 60)
                        let found = await listeningPort(of: server) ?? place.port
                        port.value = found
                        told(.success(found))
                    }
                    for try await _ in group {}
                }
            } catch {
                told(.failure(failure(error, at: place)))
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private static func make(_ place: Place, _ handler: RequestHandler) throws -> HTTPServer {
        let pool = LimitedPool(HTTPServer.defaultPool(), most: most, patience: patience)
        let logger: DisabledLogger = .disabled
        if place.address.contains(":") {
            let address = try sockaddr_in6.inet6(ip6: place.address, port: place.port)
            return HTTPServer(
                config: .init(
                    address: address, timeout: longestAnswer, pool: pool, logger: logger),
                handler: handler)
        }
        let address = try sockaddr_in.inet(ip4: place.address, port: place.port)
        return HTTPServer(
            config: .init(address: address, timeout: longestAnswer, pool: pool, logger: logger),
            handler: handler)
    }

    private static func listeningPort(of server: HTTPServer) async -> UInt16? {
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): port
        case .unix, nil: nil
        }
    }

    private static func failure(_ error: any Error, at place: Place) -> AskDoorError {
        guard case SocketError.failed(let call, _, let message) = error else {
            return AskDoorError("--port \(place.port): cannot listen there: \(error)")
        }
        return call.hasPrefix("inet_pton")
            ? AskDoorError(
                "--address: expected an IP address or localhost, got \"\(place.address)\"")
            : AskDoorError("--port \(place.port): cannot listen there: \(message.lowercased())")
    }
}

/// The port that a server has found, for it to have again.
private final class FoundPort: Sendable {
    private let port: Mutex<UInt16>

    init(_ port: UInt16) { self.port = Mutex(port) }

    var value: UInt16 {
        get { port.withLock { $0 } }
        set { port.withLock { $0 = newValue } }
    }
}
