internal import FlyingFox
internal import Foundation
internal import Running

/// Gives the requests that are allowed to the server of a study, and its answers back.
struct RequestHandler: HTTPHandler {
    let rule: RequestRule
    let server: AskServer

    /// The bytes of the largest body, as of the longest line on a socket.
    private static let largestBody = 1 << 20
    /// Seconds for which a client that has spoken counts as one that is here: a heartbeat comes sooner.
    private static let stay = 30.0
    /// How long the answer to a report is waited for. Less than clients wait.
    private static let patience = Duration.seconds(240)

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        do {
            let verb = try rule.verb(of: Self.parts(of: request))
            let body = try await Self.body(of: request)
            let line = body.isEmpty ? Array("{\"\(verb)\":1}".utf8) : body
            guard let answer = await self.answer(to: line, verb: verb) else {
                return Self.response(
                    504, "{\"error\":\"\(verb): not decided yet; send it again\"}\n".utf8)
            }
            return Self.response(answer.isError ? 400 : 200, answer.line)
        } catch let refusal as RequestRule.Refusal {
            // What is not read would be taken for the next request.
            for try await _ in request.bodySequence {}
            return Self.response(refusal.status, "{\"error\":\"\(refusal.text)\"}\n".utf8)
        }
    }

    private static func parts(of request: HTTPRequest) -> RequestRule.Request {
        var parts = RequestRule.Request(method: request.method.rawValue, path: request.path)
        parts.host = request.headers[.host]
        parts.origin = request.headers[HTTPHeader("Origin")]
        parts.authorization = request.headers[.authorization]
        parts.contentType = request.headers[.contentType]
        return parts
    }

    private static func body(of request: HTTPRequest) async throws -> [UInt8] {
        let refusal = RequestRule.Refusal(
            status: 413, text: "body: expected at most \(largestBody) bytes, got more")
        guard request.bodySequence.count ?? 0 <= largestBody else { throw refusal }
        var body: [UInt8] = []
        var isTooLarge = false
        for try await part in request.bodySequence {
            isTooLarge = isTooLarge || body.count + part.count > largestBody
            if !isTooLarge { body += part }
        }
        if isTooLarge { throw refusal }
        return body
    }

    /// The server's answer; nil where it takes too long.
    private func answer(to line: [UInt8], verb: String) async -> AskServer.Answer? {
        let (answers, continuation) = AsyncStream.makeStream(
            of: AskServer.Answer.self, bufferingPolicy: .bufferingOldest(1))
        server.take(line, verb: verb, stays: Self.stay) { answer in
            continuation.yield(answer)
            continuation.finish()
        }
        let limit = Task {
            try await Task.sleep(for: Self.patience)
            continuation.finish()
        }
        defer { limit.cancel() }
        for await answer in answers { return answer }
        return nil
    }

    private static func response(_ status: Int, _ body: some Sequence<UInt8>) -> HTTPResponse {
        HTTPResponse(
            statusCode: HTTPStatusCode(status, phrase: phrases[status] ?? "Refused"),
            headers: [
                .contentType: "application/json",
                HTTPHeader("Cache-Control"): "no-store",
                HTTPHeader("X-Content-Type-Options"): "nosniff",
                HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
            ],
            body: Data(body))
    }

    private static let phrases = [
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 413: "Content Too Large", 415: "Unsupported Media Type",
        421: "Misdirected Request", 504: "Gateway Timeout",
    ]
}
