internal import Foundation
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

    /// - Parameter send: hands one JSON object, without a newline, to the run, and gives its answer. It
    ///   throws, in words for the user, where the run cannot be reached.
    package init(send: @escaping @Sendable ([UInt8]) async throws -> [UInt8]) {
        key = AccessToken.make()
        self.send = send
    }

    /// What of a request is looked at besides its body.
    package struct Request: Sendable {
        /// In capitals.
        package var method = "POST"
        /// `Host`.
        package var host: String?
        /// `Origin`.
        package var origin: String?
        /// `Sec-Fetch-Site`.
        package var site: String?
        /// `Authorization`.
        package var authorization: String?
        /// `Content-Type`.
        package var contentType: String?

        /// A request without headers.
        package init() {}
    }

    /// What a page is answered.
    package struct Answer: Sendable, Equatable {
        /// The status of HTTP.
        package let status: Int
        /// A JSON object.
        package let body: [UInt8]

        fileprivate static func refusal(_ status: Int, _ text: String) -> Answer {
            let body = try? JSONSerialization.data(withJSONObject: ["error": text])
            return Answer(status: status, body: Array(body ?? Data()))
        }
    }

    /// The requests that a page may send.
    package static let verbs = ["stop", "add"]
    /// Bytes of the largest body.
    package static let largestBody = 1 << 16

    /// Why a request gets nothing, whatever its body is; nil where it is looked at.
    package func refusal(of request: Request) -> Answer? {
        guard request.method == "POST" else {
            return .refusal(405, "method: expected POST")
        }
        guard RequestHeader.isOwnOrigin(request.origin, host: request.host),
            RequestHeader.isOwnSite(request.site)
        else { return .refusal(403, "Origin: expected the page itself") }
        guard let key = RequestHeader.bearer(request.authorization),
            AccessToken.areEqual(key, self.key)
        else {
            return .refusal(401, "Authorization: expected Bearer and the key that was printed")
        }
        guard RequestHeader.isJSON(request.contentType) else {
            return .refusal(415, "Content-Type: expected application/json")
        }
        return nil
    }

    /// The run's answer to a request that is not refused.
    ///
    /// - Parameters:
    ///   - verb: one of `verbs`.
    ///   - body: a JSON object with that member alone.
    package func answer(to verb: String, body: [UInt8]) async -> Answer {
        guard body.count <= Self.largestBody else {
            return .refusal(413, "body: expected at most \(Self.largestBody) bytes, got more")
        }
        // The run has requests that are not a page's.
        let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        guard let object, object.count == 1, object[verb] != nil else {
            return .refusal(400, "body: expected a JSON object with \(verb) alone")
        }
        do {
            let line = try await send(body.map { $0 == 10 || $0 == 13 ? 32 : $0 })
            let answer = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            let isRefused = answer == nil || answer?["error"] != nil
            return Answer(status: isRefused ? 400 : 200, body: line)
        } catch {
            return .refusal(503, "\(error)")
        }
    }
}
