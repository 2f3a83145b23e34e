internal import FlyingFox

/// Answers the requests that come to a server.
package protocol RequestAnswering: Sendable {
    /// The answer to a request.
    ///
    /// - Throws: `RequestRefusal`, for `answer(to:)` of refusals; what ends the connection.
    func answer(to request: IncomingRequest) async throws -> Answer

    /// The answer to a request that is refused.
    func answer(to refusal: RequestRefusal) -> Answer
}

/// Hands on what FlyingFox has read, and tells the guard how far each request has come.
struct AnsweringHandler: HTTPHandler {
    let answering: any RequestAnswering
    let guarding: ConnectionGuard

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let peer = request.remoteAddress
        let body = request.bodySequence.count
        guarding.note(body == 0 ? .read : .begun, of: peer)
        defer { guarding.note(.answered, of: peer) }
        let incoming = IncomingRequest(request) { guarding.note(.read, of: peer) }
        do {
            return try await answering.answer(to: incoming).response
        } catch let refusal as RequestRefusal {
            try await incoming.dropBody()
            return answering.answer(to: refusal).response
        }
    }
}
