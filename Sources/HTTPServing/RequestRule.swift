internal import Platform

/// Which requests are answered: decided by their address, their origin, their token and their type.
///
/// Loopback is no protection: any program of this machine reaches it, and so does any page in a browser.
/// A page whose name was made to lead here (DNS rebinding) says its own name in `Host`; one of elsewhere
/// says its `Origin`.
package struct RequestRule: Sendable {
    /// What is wrong with a request.
    package struct Refusal: Error, Equatable, Sendable {
        /// The status of the answer.
        package let status: Int
        /// What was expected, and what was got.
        package let text: String
    }

    /// What of a request is looked at.
    package struct Request: Sendable {
        /// In capitals.
        package var method = "GET"
        /// Without a query.
        package var path = "/"
        /// `Host`; nil where the request has none.
        package var host: String?
        /// `Origin`; nil where the request has none.
        package var origin: String?
        /// `Authorization`; nil where the request has none.
        package var authorization: String?
        /// `Content-Type`; nil where the request has none.
        package var contentType: String?

        /// A request without headers.
        package init(method: String, path: String) { (self.method, self.path) = (method, path) }
    }

    private let token: String
    private let isLoopback: Bool

    /// The rule for an address to listen on.
    ///
    /// - Parameters:
    ///   - address: where the server listens: `127.0.0.1`, `::1`, `0.0.0.0` …
    ///   - token: what writes need on every address, and all else on one that others reach.
    package init(address: String, token: String) {
        (isLoopback, self.token) = (LoopbackAddress.includes(address), token)
    }

    /// The request of a study that this is: `ask`, `report` …
    ///
    /// - Throws: ``Refusal``.
    package func verb(of request: Request) throws(Refusal) -> String {
        try checkHost(request)
        try checkOrigin(request)
        let verb = try Self.verb(at: request.path)
        let isReading = Self.reads.contains(verb)
        let method = isReading ? "GET" : "POST"
        guard request.method == method else {
            let got = request.method.filter { $0.isASCII && $0.isLetter }
            throw Refusal(status: 405, text: "method: expected \(method), got \(got)")
        }
        if !isReading || !isLoopback { try checkToken(request.authorization) }
        if !isReading { try Self.checkType(request.contentType) }
        return verb
    }

    private static let reads = ["front", "study"]
    private static let writes = [
        "ask", "report", "checkpoint", "done", "fail", "heartbeat", "add", "stop",
    ]

    private static func verb(at path: String) throws(Refusal) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[1] == "v1",
            let verb = (writes + reads).first(where: { $0 == parts[2] })
        else {
            let all = (writes + reads).map { "/v1/\($0)" }.joined(separator: ", ")
            throw Refusal(status: 404, text: "path: expected one of \(all)")
        }
        return verb
    }

    private func checkHost(_ request: Request) throws(Refusal) {
        guard isLoopback else { return }
        guard let host = request.host, LoopbackAddress.isNamed(byHost: host) else {
            throw Refusal(status: 421, text: "Host: expected localhost or a loopback address")
        }
    }

    private func checkOrigin(_ request: Request) throws(Refusal) {
        guard RequestHeader.isOwnOrigin(request.origin, host: request.host) else {
            throw Refusal(status: 403, text: "Origin: expected that of this server, or none")
        }
    }

    private func checkToken(_ authorization: String?) throws(Refusal) {
        let expected = "Authorization: expected Bearer and the token"
        guard let authorization else {
            throw Refusal(status: 401, text: expected + ", got nothing")
        }
        guard let given = RequestHeader.bearer(authorization), AccessToken.areEqual(given, token)
        else { throw Refusal(status: 401, text: expected + ", got another") }
    }

    private static func checkType(_ type: String?) throws(Refusal) {
        guard RequestHeader.isJSON(type) else {
            let got = type == nil ? "nothing" : "another"
            throw Refusal(
                status: 415, text: "Content-Type: expected application/json, got \(got)")
        }
    }
}
