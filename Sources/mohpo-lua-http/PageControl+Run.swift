internal import Commands
internal import LivePage
internal import Platform
internal import Running

/// How a page reaches the run of the study that it shows: through the socket that belongs to the study.
extension PageControl {
    /// - Parameters:
    ///   - study: the path of the study that is shown now; nil where there is none yet.
    ///   - key: what a request has to know; one of its own where none is given.
    init(
        ofRunOf study: @escaping @Sendable () -> String?, key: String = AccessToken.make()
    ) {
        self.init(key: key) { line in
            guard let study = study(), Self.isOffered(byRunOf: study) else {
                throw StudyFailure("no run of the study takes requests")
            }
            return try await Self.answer(
                of: AskSocket.link(of: study), to: String(decoding: line, as: UTF8.self))
        }
    }

    /// Whether a run of a study, if there is one, takes requests.
    static func isOffered(byRunOf study: String) -> Bool {
        StudyClient.isSocket(AskSocket.link(of: study))
    }

    /// Seconds for which a run's answer is waited for: its script may compute without a pause.
    private static let patience = 10.0

    private static func answer(of socket: String, to line: String) async throws -> [UInt8] {
        let (answers, continuation) = AsyncStream.makeStream(
            of: Result<[UInt8], any Error>.self, bufferingPolicy: .bufferingOldest(1))
        SystemThread.start {
            continuation.yield(Result { try StudyClient(socket: socket).exchange(line) })
            continuation.finish()
        }
        let limit = Task {
            try await Task.sleep(for: .seconds(patience))
            continuation.finish()
        }
        defer { limit.cancel() }
        for await answer in answers { return try answer.get() }
        throw StudyFailure(
            "the run computes and has not answered; it takes the request when it comes to it")
    }
}
