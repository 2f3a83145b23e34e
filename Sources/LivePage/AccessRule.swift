internal import Platform

/// Who may read a page: decided by the request's `Host` and its token.
///
/// On loopback any program of this machine may, but no web page of elsewhere: one whose name was
/// made to lead here (DNS rebinding) says its own name in `Host`. On another address a token is
/// needed. The address that is printed holds it; the browser keeps it in a cookie from then on, so
/// that it is in no address that is shown, sent or remembered.
package struct AccessRule: Sendable, Equatable {
    /// What a request has to know; nil on loopback.
    package let token: String?
    private let isLoopback: Bool

    /// The rule for an address to listen on.
    ///
    /// - Parameters:
    ///   - address: `127.0.0.1`, `::1`, `0.0.0.0` …
    ///   - token: for addresses other than loopback.
    package init(address: String, token: String) {
        isLoopback = LoopbackAddress.includes(address)
        self.token = isLoopback ? nil : token
    }

    /// What a request gets.
    package enum Answer: Sendable, Equatable {
        case allowed
        /// The token is missing or wrong.
        case forbidden
        /// The request is for another server.
        case misdirected
    }

    /// Judges a request.
    ///
    /// - Parameters:
    ///   - host: the value of `Host`, with or without a port.
    ///   - token: what the request's address or its cookie says.
    package func answer(host: String?, token: String?) -> Answer {
        if isLoopback {
            guard let host, LoopbackAddress.isNamed(byHost: host) else { return .misdirected }
            return .allowed
        }
        guard let expected = self.token, let token, AccessToken.areEqual(expected, token) else {
            return .forbidden
        }
        return .allowed
    }
}
