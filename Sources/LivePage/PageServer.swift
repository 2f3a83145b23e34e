internal import HTTPListening
internal import Platform

/// Serves pages and their streams of events over HTTP.
///
/// It reads nothing of a study and writes to nothing: what it sends comes from a site's feeds, and what
/// pages ask for goes through its controls.
package struct PageServer: Sendable {
    /// The port that is tried first where none is asked for.
    package static let usualPort: UInt16 = 8642

    private let port: UInt16?
    private let rule: AccessRule
    private let listener: Listener
    private let key: String?

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: 0 for one that is free; nil for the usual one, or one that is free where another
    ///     program has that.
    ///   - site: its pages.
    ///   - key: what requests to a run have to know, which the printed address holds; nil where no page
    ///     hands any on.
    /// - Throws: `ListeningFailure.address`.
    package init(address: String, port: UInt16?, site: any PageSite, key: String? = nil) throws {
        let place = try ListeningAddress(address)
        rule = AccessRule(address: address, token: AccessToken.make())
        var limits = ConnectionLimits()
        limits.connections = PageHandler.readerLimit + 100
        limits.bodyBytes = 1 << 20
        listener = Listener(
            place, limits: limits, answering: PageHandler(rule: rule, site: site))
        (self.port, self.key) = (port, key)
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter started: is given the page's address when it can be opened.
    /// - Throws: `ListeningFailure.port` when it cannot listen there.
    package func run(started: @escaping @Sendable (String) -> Void) async throws {
        do {
            try await listener.run(at: port ?? Self.usualPort) { started(link(port: $0)) }
        } catch ListeningFailure.port where port == nil {
            try await listener.run(at: 0) { started(link(port: $0)) }
        }
    }

    private func link(port: UInt16) -> String {
        listener.address.link(port: port) + "/" + (rule.token.map { "?token=\($0)" } ?? "")
            + (key.map { "#key=\($0)" } ?? "")
    }
}
