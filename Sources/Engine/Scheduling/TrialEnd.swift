/// How `train` ended by itself.
public enum TrialEnd: Hashable, Sendable {
    case returned
    /// It raised an error with this message.
    case failed(String)

    var outcome: Outcome {
        switch self {
        case .returned: .returned
        case .failed(let message): .failed(message)
        }
    }
}
