/// Addresses that only this machine reaches.
package enum LoopbackAddress {
    /// Whether an address is one: `127.0.0.1`, `::1`, `localhost`.
    package static func includes(_ address: String) -> Bool {
        address == "::1" || address == "localhost" || isIPv4(address)
    }

    /// Whether a request's `Host`, with or without a port, names one. A page whose name was made to
    /// lead here (DNS rebinding) says its own.
    package static func isNamed(byHost host: String) -> Bool { includes(name(of: host)) }

    private static func isIPv4(_ address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// `[::1]:8080` is `::1`, `localhost:8080` is `localhost`.
    private static func name(of host: String) -> String {
        if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        return host.prefix { $0 != ":" }.lowercased()
    }
}
