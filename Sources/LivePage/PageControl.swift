internal import Foundation
package import HTTPListening
internal import Platform

/// Hands what a page asks for to the run of the study that it shows: to stop the study or a trial, to
/// try a configuration.
///
/// Any program of the machine, and any page in a browser, reaches a server on loopback. So a request
/// has to come from the page itself, to be JSON, and to know a key. The key is in the address that is
/// printed, behind `#`: browsers send that part to no server.
package struct PageControl: Sendable {
    /// What a request has to know.
    package let key: String
    private let send: @Sendable ([UInt8]) async throws -> [UInt8]

    /// - Parameters:
    ///   - key: what a request has to know; one of its own where none is given.
    ///   - send: hands one JSON object, without a newline, to the run, and gives its answer. It throws,
    ///     in words for the user, where the run cannot be reached.
    package init(
        key: String = AccessToken.make(),
        send: @escaping @Sendable ([UInt8]) async throws -> [UInt8]
    ) {
        (self.key, self.send) = (key, send)
    }

    /// What a page is answered.
    package struct Answer: Sendable, Equatable {
        /// The status of HTTP.
        package let status: Int
        /// A JSON object.
        package let body: [UInt8]

        fileprivate init(status: Int, body: [UInt8]) { (self.status, self.body) = (status, body) }

        /// What a request that is refused is answered.
        init(_ refusal: RequestRefusal) {
            let body = try? JSONSerialization.data(withJSONObject: ["error": refusal.text])
            self.init(status: refusal.status, body: Array(body ?? Data()))
        }
    }

    /// The requests that a page may send.
    package static let verbs = ["stop", "add"]
    /// Bytes of the largest body.
    package static let largestBody = 1 << 16

    /// Why a request gets nothing, whatever its body is; nil where it is looked at.
    package func refusal(of request: RequestHead) -> RequestRefusal? {
        do {
            try request.checkMethod("POST")
            try request.checkOrigin()
            try request.checkToken(key, called: "the key that was printed")
            try request.checkIsJSON()
            return nil
        } catch { return error }
    }

    /// The run's answer to a request that is not refused.
    ///
    /// - Parameters:
    ///   - verb: one of `verbs`.
    ///   - body: a JSON object with that member alone.
    package func answer(to verb: String, body: [UInt8]) async -> Answer {
        guard body.count <= Self.largestBody else {
            return Answer(
                RequestRefusal(413, "body: expected at most \(Self.largestBody) bytes, got more"))
        }
        // The run has requests that are not a page's.
        let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        guard let object, object.count == 1, object[verb] != nil else {
            return Answer(RequestRefusal(400, "body: expected a JSON object with \(verb) alone"))
        }
        do {
            let line = try await send(body.map { $0 == 10 || $0 == 13 ? 32 : $0 })
            let answer = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            let isRefused = answer == nil || answer?["error"] != nil
            return Answer(status: isRefused ? 400 : 200, body: line)
        } catch {
            return Answer(RequestRefusal(503, "\(error)"))
        }
    }
}
