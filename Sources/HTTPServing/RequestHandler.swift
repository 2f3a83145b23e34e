internal import HTTPListening
internal import Running

/// Gives the requests that are allowed to the server of a study, and its answers back.
struct RequestHandler: RequestAnswering {
    let rule: RequestRule
    let server: AskServer

    /// The bytes of the largest body, as of the longest line on a socket.
    private static let largestBody = 1 << 20
    /// Seconds for which a client that has spoken counts as one that is here: a heartbeat comes sooner.
    private static let stay = 30.0
    /// How long the answer to a report is waited for. Less than clients wait.
    private static let patience = Duration.seconds(240)

    func answer(to request: IncomingRequest) async throws -> Answer {
        let verb = try rule.verb(of: request.head)
        let body = try await request.body(atMost: Self.largestBody)
        let line = body.isEmpty ? Array("{\"\(verb)\":1}".utf8) : body
        guard let answer = await self.answer(to: line, verb: verb) else {
            return answerOfError(504, "\(verb): not decided yet; send it again")
        }
        return .json(answer.isError ? 400 : 200, answer.line)
    }

    func answer(to refusal: RequestRefusal) -> Answer {
        answerOfError(refusal.status, refusal.text)
    }

    private func answerOfError(_ status: Int, _ text: String) -> Answer {
        .json(status, "{\"error\":\"\(text)\"}\n".utf8)
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
}
