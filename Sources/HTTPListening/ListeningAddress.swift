internal import FlyingSocks
internal import Platform

/// An IP address to listen on.
package struct ListeningAddress: Sendable {
    private let text: String

    /// The address that a user names.
    ///
    /// - Parameter text: an IPv4 or IPv6 address, or `localhost`.
    /// - Throws: `ListeningFailure.address`.
    package init(_ text: String) throws(ListeningFailure) {
        self.text = text == "localhost" ? "127.0.0.1" : text
        do { _ = try socketAddress(port: 0) } catch { throw .address(text) }
    }

    /// Whether only this machine reaches it.
    package var isLoopback: Bool { LoopbackAddress.includes(text) }

    /// `http://127.0.0.1:8642`, without a path. Where all addresses are listened on it has the machine's
    /// name.
    package func link(port: UInt16) -> String {
        let isAny = text == "0.0.0.0" || text == "::"
        let name = isAny ? Self.machine : nil
        return "http://\(name ?? (text.contains(":") ? "[\(text)]" : text)):\(port)"
    }

    private static var machine: String? {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0, name[0] != 0 else { return nil }
        return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// - Throws: `SocketError` where the text is no address.
    func socketAddress(port: UInt16) throws -> any SocketAddress {
        if text.contains(":") { return try sockaddr_in6.inet6(ip6: text, port: port) }
        return try sockaddr_in.inet(ip4: text, port: port)
    }
}
