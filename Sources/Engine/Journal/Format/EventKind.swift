/// What kind of event it is: the name by which every format knows it.
package enum EventKind: String, CaseIterable, Sendable {
    case created, started, reported, decided, promoted, ended, retried, extended, interrupted
    case finished, resumed
}

extension Event {
    /// What kind it is.
    package var kind: EventKind {
        switch self {
        case .created: .created
        case .started: .started
        case .reported: .reported
        case .decided: .decided
        case .promoted: .promoted
        case .ended: .ended
        case .retried: .retried
        case .extended: .extended
        case .interrupted: .interrupted
        case .finished: .finished
        case .resumed: .resumed
        }
    }

    /// An event of a newer engine.
    public struct UnknownEvent: Error, CustomStringConvertible {
        /// The version it was written with.
        public let version: Int
        /// What kind of event it says it is.
        public let type: String

        /// An event of that version and kind.
        package init(version: Int, type: String) { (self.version, self.type) = (version, type) }

        public var description: String {
            "event \"\(type)\" of version \(version): expected one of version "
                + "\(Event.version), a newer program wrote it"
        }
    }
}
