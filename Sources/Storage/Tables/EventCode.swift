internal import Engine

/// The number that stands for a kind of event in the file. A newer program writes a kind that has no
/// number here as its name.
enum EventCode: Int, CaseIterable {
    case created = 0
    case reported = 1
    case decided = 2
    case started = 3
    case ended = 4
    case promoted = 5
    case retried = 6
    case extended = 7
    case interrupted = 8
    case finished = 9
    case resumed = 10

    init(_ kind: EventKind) {
        self =
            switch kind {
            case .created: .created
            case .reported: .reported
            case .decided: .decided
            case .started: .started
            case .ended: .ended
            case .promoted: .promoted
            case .retried: .retried
            case .extended: .extended
            case .interrupted: .interrupted
            case .finished: .finished
            case .resumed: .resumed
            }
    }

    var kind: EventKind { Self.kinds[rawValue] }

    /// The kinds in the order of their codes, which are 0, 1 and so on.
    private static let kinds = allCases.map { code in
        EventKind.allCases.first { EventCode($0) == code }!
    }
}
