internal import Platform

/// What servers ask of requests.
///
/// Loopback is no protection: any program of this machine reaches it, and so does any page in a browser.
/// A page whose name was made to lead here (DNS rebinding) says its own name in `Host`; one of elsewhere
/// says its `Origin`, or its browser says so.
extension RequestHead {
    /// - Throws: `RequestRefusal` where the method is another.
    package func checkMethod(_ expected: String) throws(RequestRefusal) {
        guard method == expected else {
            let got = method.filter { $0.isASCII && $0.isLetter }
            throw RequestRefusal(405, "method: expected \(expected), got \(got)")
        }
    }

    /// - Throws: `RequestRefusal` where the request is for another server than one on loopback.
    package func checkHostIsLoopback() throws(RequestRefusal) {
        guard let host, LoopbackAddress.isNamed(byHost: host) else {
            throw RequestRefusal(421, "Host: expected localhost or a loopback address")
        }
    }

    /// - Throws: `RequestRefusal` where a page of elsewhere asks.
    package func checkOrigin() throws(RequestRefusal) {
        guard RequestHeader.isOwnOrigin(origin, host: host), RequestHeader.isOwnSite(site) else {
            throw RequestRefusal(403, "Origin: expected that of this server, or none")
        }
    }

    /// - Parameter name: what the token is called, such as "the token".
    /// - Throws: `RequestRefusal` where `Authorization` is not that of the token.
    package func checkToken(_ token: String, called name: String) throws(RequestRefusal) {
        let expected = "Authorization: expected Bearer and \(name)"
        guard let authorization else { throw RequestRefusal(401, expected + ", got nothing") }
        guard let given = RequestHeader.bearer(authorization), AccessToken.areEqual(given, token)
        else { throw RequestRefusal(401, expected + ", got another") }
    }

    /// - Throws: `RequestRefusal` where the body is not said to be JSON.
    package func checkIsJSON() throws(RequestRefusal) {
        guard RequestHeader.isJSON(contentType) else {
            let got = contentType == nil ? "nothing" : "another"
            throw RequestRefusal(415, "Content-Type: expected application/json, got \(got)")
        }
    }
}
