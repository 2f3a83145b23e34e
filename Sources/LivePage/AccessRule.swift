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
        isLoopback = Self.isLoopback(address)
        self.token = isLoopback ? nil : token
    }

    /// Whether only this machine reaches an address.
    package static func isLoopback(_ address: String) -> Bool {
        address == "::1" || address == "localhost" || isIPv4Loopback(address)
    }

    private static func isIPv4Loopback(_ address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
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
            guard let host, Self.isLoopback(Self.name(of: host)) else { return .misdirected }
            return .allowed
        }
        guard let expected = self.token, let token, Self.areEqual(expected, token) else {
            return .forbidden
        }
        return .allowed
    }

    /// `[::1]:8080` is `::1`, `localhost:8080` is `localhost`.
    private static func name(of host: String) -> String {
        if host.hasPrefix("[") {
            return String(host.dropFirst().prefix { $0 != "]" })
        }
        return host.prefix { $0 != ":" }.lowercased()
    }

    /// Takes as long for a wrong token as for another.
    private static func areEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// A token of 128 random bits.
    package static func makeToken() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let number: UInt64 = random.next()
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
