internal import FlyingFox
internal import FlyingSocks
internal import Foundation

/// Serves one page and its stream of events over HTTP.
///
/// It reads nothing of a study and writes to nothing: what it sends comes from a feed.
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

    private let server: HTTPServer
    private let address: String
    private let port: UInt16
    private let rule: AccessRule

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: 0 for one that is free.
    ///   - page: the page, which loads `events` from here.
    ///   - feed: what it is sent.
    /// - Throws: `Failure.address`.
    package init(address: String, port: UInt16, page: String, feed: PageFeed) throws {
        let numeric = address == "localhost" ? "127.0.0.1" : address
        let rule = AccessRule(address: address, token: Self.makeToken())
        let logger: DisabledLogger = .disabled
        let handler = PageHandler(rule: rule, page: Data(page.utf8), feed: feed)
        do {
            if numeric.contains(":") {
                server = HTTPServer(
                    address: try .inet6(ip6: numeric, port: port), logger: logger,
                    handler: handler)
            } else {
                server = HTTPServer(
                    address: try .inet(ip4: numeric, port: port), logger: logger,
                    handler: handler)
            }
        } catch { throw Failure.address(address) }
        (self.address, self.port, self.rule) = (numeric, port, rule)
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter started: is given the page's address when it can be opened.
    /// - Throws: `Failure.port` when it cannot listen there.
    package func run(started: @escaping @Sendable (String) -> Void) async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    try await server.waitUntilListening(timeout: 60)
                    started(await link())
                }
                for try await _ in group {}
            }
        } catch SocketError.failed(_, _, let message) {
            throw Failure.port(Int(port), reason: message)
        }
    }

    /// The page's address, with the port that the system chose where none was asked for.
    private func link() async -> String {
        var port = port
        switch await server.listeningAddress {
        case .ip4(_, let chosen), .ip6(_, let chosen): port = chosen
        case .unix, nil: break
        }
        let name = address.contains(":") ? "[\(address)]" : address
        return "http://\(name):\(port)/" + (rule.token.map { "?token=\($0)" } ?? "")
    }

    private static func makeToken() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let number: UInt64 = random.next()
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// Answers requests: the page at `/`, the stream at `/events`, nothing else.
private struct PageHandler: HTTPHandler {
    let rule: AccessRule
    let page: Data
    let feed: PageFeed

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch rule.answer(host: request.headers[.host], token: request.query["token"]) {
        case .allowed: break
        case .forbidden: return text("expected the address that mohpo-lua printed", .forbidden)
        case .misdirected:
            return text(
                "expected localhost in the address",
                HTTPStatusCode(421, phrase: "Misdirected Request"))
        }
        guard request.method == .GET else {
            return text("expected GET", .methodNotAllowed)
        }
        switch request.path {
        case "/":
            return response(
                .ok, type: "text/html; charset=utf-8", body: HTTPBodySequence(data: page))
        case "/events":
            let body = HTTPBodySequence(
                from: EventStream(feed: feed), suggestedBufferSize: 1 << 16)
            return response(.ok, type: "text/event-stream", body: body)
        default: return text("there is / alone", .notFound)
        }
    }

    private func text(_ text: String, _ status: HTTPStatusCode) -> HTTPResponse {
        response(
            status, type: "text/plain; charset=utf-8",
            body: HTTPBodySequence(data: Data((text + "\n").utf8)))
    }

    private func response(
        _ status: HTTPStatusCode, type: String, body: HTTPBodySequence
    ) -> HTTPResponse {
        HTTPResponse(
            statusCode: status,
            headers: [
                .contentType: type,
                HTTPHeader("Cache-Control"): "no-store",
                HTTPHeader("Referrer-Policy"): "no-referrer",
                HTTPHeader("X-Content-Type-Options"): "nosniff",
                HTTPHeader("X-Frame-Options"): "DENY",
                HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
            ],
            body: body)
    }
}
