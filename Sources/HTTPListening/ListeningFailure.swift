/// Why a server cannot listen, in words for the user.
package enum ListeningFailure: Error, Equatable, CustomStringConvertible {
    /// The address is none.
    case address(String)
    /// The system refuses the port.
    case port(UInt16, reason: String)

    package var description: String {
        switch self {
        case .address(let address):
            "--address: expected an IP address or localhost, got \"\(address)\""
        case .port(let port, let reason):
            "--port \(port): cannot listen there: \(reason)"
        }
    }
}
