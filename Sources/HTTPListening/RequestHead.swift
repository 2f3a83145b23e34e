/// What of a request decides whether it is answered: all but its body.
package struct RequestHead: Sendable {
    /// In capitals.
    package var method: String
    /// Decoded, without the query.
    package var path: String
    /// What stands behind `?`, decoded, in order.
    package var query: [(name: String, value: String)] = []
    /// `Host`; nil where the request has none, as below.
    package var host: String?
    /// `Origin`.
    package var origin: String?
    /// `Sec-Fetch-Site`.
    package var site: String?
    /// `Authorization`.
    package var authorization: String?
    /// `Content-Type`.
    package var contentType: String?
    /// `Cookie`.
    package var cookies: String?

    /// A request without headers.
    package init(method: String = "POST", path: String = "/") {
        (self.method, self.path) = (method, path)
    }

    /// The first value of that name in the query; nil where there is none.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The cookie of that name; nil where there is none.
    package func cookie(_ name: String) -> String? {
        for part in (cookies ?? "").split(separator: ";") {
            let pair = part.drop(while: \.isWhitespace).split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == name { return String(pair[1]) }
        }
        return nil
    }
}
