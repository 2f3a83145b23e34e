/// Why a run ended before its study did.
public enum RunError: Error, CustomStringConvertible {
    /// The journal failed.
    case journal(any Error)

    public var description: String {
        switch self {
        case .journal(let error):
            "study: \(error); what reporters have returned for is kept, and --resume continues it"
        }
    }
}
