internal import FlyingFox
internal import Foundation
internal import Platform

/// Answers requests: the page at `/`, the stream at `/events`, what users ask of the run below `/v1/`,
/// nothing else.
struct PageHandler: HTTPHandler {
    /// So many pages may be open at a time.
    private static let readerLimit = 500
    private static let cookie = "mohpo-watch"

    let rule: AccessRule
    let page: Data
    let feed: PageFeed
    /// Nil where the page only shows.
    var control: PageControl?

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let given = request.query["token"]
        switch rule.answer(host: request.headers[.host], token: given ?? kept(in: request)) {
        case .allowed: break
        case .forbidden: return text("expected the address that mohpo-lua printed", .forbidden)
        case .misdirected: return text("expected localhost in the address", .misdirectedRequest)
        }
        if let control, let verb = PageControl.verbs.first(where: { request.path == "/v1/\($0)" }) {
            return try await answer(to: verb, request, control)
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
        guard RequestHeader.isOwnSite(request.headers[HTTPHeader("Sec-Fetch-Site")]) else {
            return text("expected a request of the page itself", .forbidden)
        }
        guard feed.readers < Self.readerLimit else {
            return text("too many pages are open", .serviceUnavailable)
        }
        let body = HTTPBodySequence(
            from: EventStream(feed: feed), suggestedBufferSize: 1 << 16)
        return response(.ok, type: "text/event-stream", body: body)
    }

    private func answer(
        to verb: String, _ request: HTTPRequest, _ control: PageControl
    ) async throws -> HTTPResponse {
        var parts = PageControl.Request()
        parts.method = request.method.rawValue
        parts.host = request.headers[.host]
        parts.origin = request.headers[HTTPHeader("Origin")]
        parts.site = request.headers[HTTPHeader("Sec-Fetch-Site")]
        parts.authorization = request.headers[.authorization]
        parts.contentType = request.headers[.contentType]
        let refusal = control.refusal(of: parts)
        var body: [UInt8] = []
        // What is not read would be taken for the next request.
        for try await part in request.bodySequence where body.count <= PageControl.largestBody {
            body += part
        }
        let answer: PageControl.Answer
        if let refusal {
            answer = refusal
        } else {
            answer = await control.answer(to: verb, body: body)
        }
        return response(
            HTTPStatusCode(answer.status, phrase: answer.status == 200 ? "OK" : "Refused"),
            type: "application/json", body: HTTPBodySequence(data: Data(answer.body)))
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
