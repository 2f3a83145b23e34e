/// What the headers of a request say of where it comes from.
package enum RequestHeader {
    /// Whether a request comes from a page of the server itself, or from no page at all.
    ///
    /// - Parameters:
    ///   - origin: the value of `Origin`, which browsers send with all that changes something.
    ///   - host: the value of `Host`.
    package static func isOwnOrigin(_ origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        guard let host else { return false }
        return origin.lowercased() == "http://\(host.lowercased())"
    }

    /// Whether a browser says that a request comes from a page of the server itself, or that the user
    /// has typed its address; other programs say nothing.
    ///
    /// - Parameter site: the value of `Sec-Fetch-Site`.
    package static func isOwnSite(_ site: String?) -> Bool {
        ["same-origin", "none"].contains(site ?? "none")
    }

    /// The token of `Authorization: Bearer …`; nil where the value is anything else.
    package static func bearer(_ authorization: String?) -> String? {
        let parts = (authorization ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Whether a body is JSON. A form of another site cannot say so.
    ///
    /// - Parameter type: the value of `Content-Type`.
    package static func isJSON(_ type: String?) -> Bool {
        type?.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased() == "application/json"
    }
}
