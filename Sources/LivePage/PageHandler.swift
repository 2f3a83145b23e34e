internal import FlyingFox
internal import Foundation

/// Answers requests: the page at `/`, the stream at `/events`, nothing else.
struct PageHandler: HTTPHandler {
    /// So many pages may be open at a time.
    private static let readerLimit = 500
    private static let cookie = "mohpo-watch"

    let rule: AccessRule
    let page: Data
    let feed: PageFeed

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let given = request.query["token"]
        switch rule.answer(host: request.headers[.host], token: given ?? kept(in: request)) {
        case .allowed: break
        case .forbidden: return text("expected the address that mohpo-lua printed", .forbidden)
        case .misdirected: return text("expected localhost in the address", .misdirectedRequest)
        }
        guard request.method == .GET else {
            return text("expected GET", .methodNotAllowed)
        }
        switch request.path {
        case "/":
            if rule.token != nil, let given { return redirection(keeping: given) }
            return response(
                .ok, type: "text/html; charset=utf-8", body: HTTPBodySequence(data: page))
        case "/events": return events(request)
        default: return text("there is / alone", .notFound)
        }
    }

    private func events(_ request: HTTPRequest) -> HTTPResponse {
        // A page from elsewhere could not read the events, and could still open many streams.
        let site = request.headers[HTTPHeader("Sec-Fetch-Site")] ?? "none"
        guard site == "same-origin" || site == "none" else {
            return text("expected a request of the page itself", .forbidden)
        }
        guard feed.readers < Self.readerLimit else {
            return text("too many pages are open", .serviceUnavailable)
        }
        let body = HTTPBodySequence(
            from: EventStream(feed: feed), suggestedBufferSize: 1 << 16)
        return response(.ok, type: "text/event-stream", body: body)
    }

    /// To the page's address without the token, which the browser keeps.
    private func redirection(keeping token: String) -> HTTPResponse {
        var redirection = text("the page is at /", .seeOther)
        redirection.headers[.location] = "/"
        redirection.headers[.setCookie] =
            "\(Self.cookie)=\(token); Path=/; HttpOnly; SameSite=Strict"
        return redirection
    }

    private func kept(in request: HTTPRequest) -> String? {
        for part in (request.headers[.cookie] ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmingCharacters(in: .whitespaces) == Self.cookie
            else { continue }
            return String(pair[1])
        }
        return nil
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
                .cacheControl: "no-store",
                HTTPHeader("Referrer-Policy"): "no-referrer",
                HTTPHeader("X-Content-Type-Options"): "nosniff",
                HTTPHeader("X-Frame-Options"): "DENY",
                HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
            ],
            body: body)
    }
}
