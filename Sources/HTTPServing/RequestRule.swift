package import HTTPListening
internal import Platform

/// Which requests are answered: decided by their address, their origin, their token and their type.
package struct RequestRule: Sendable {
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
    /// - Throws: `RequestRefusal`.
    package func verb(of request: RequestHead) throws(RequestRefusal) -> String {
        if isLoopback { try request.checkHostIsLoopback() }
        try request.checkOrigin()
        let verb = try Self.verb(at: request.path)
        let isReading = Self.reads.contains(verb)
        try request.checkMethod(isReading ? "GET" : "POST")
        if !isReading || !isLoopback { try request.checkToken(token, called: "the token") }
        if !isReading { try request.checkIsJSON() }
        return verb
    }

    private static let reads = ["front", "study"]
    private static let writes = [
        "ask", "report", "checkpoint", "done", "fail", "heartbeat", "add", "stop",
    ]

    private static func verb(at path: String) throws(RequestRefusal) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[1] == "v1",
            let verb = (writes + reads).first(where: { $0 == parts[2] })
        else {
            let all = (writes + reads).map { "/v1/\($0)" }.joined(separator: ", ")
            throw RequestRefusal(404, "path: expected one of \(all)")
        }
        return verb
    }
}
