/// Every event is an object with its version, its type and its content:
/// `{"v": 1, "type": "decided", "data": {…}}`.
extension Event: Codable {
    /// The version this engine writes, and the highest it reads.
    public static let version = 1

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

    private enum Key: String, CodingKey { case v, type, data }

    private enum Kind: String {
        case created, started, reported, decided, promoted, ended, retried, extended, interrupted
        case finished, resumed
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let version = try container.decode(Int.self, forKey: .v)
        let type = try container.decode(String.self, forKey: .type)
        guard version <= Self.version, let kind = Kind(rawValue: type) else {
            throw UnknownEvent(version: version, type: type)
        }
        switch kind {
        case .created: self = .created(try container.decode(StudyDefinition.self, forKey: .data))
        case .started: self = .started(try container.decode(Start.self, forKey: .data))
        case .reported: self = .reported(try container.decode(ReportedEvent.self, forKey: .data))
        case .decided: self = .decided(try container.decode(Decision.self, forKey: .data))
        case .promoted: self = .promoted(try container.decode(Promotion.self, forKey: .data))
        case .ended: self = .ended(try container.decode(End.self, forKey: .data))
        case .retried: self = .retried(try container.decode(Retry.self, forKey: .data))
        case .extended:
            self = .extended(try container.decode(StudyDefinition.self, forKey: .data))
        case .interrupted:
            self = .interrupted(try container.decode(EndReason.self, forKey: .data))
        case .finished: self = .finished(try container.decode(EndReason.self, forKey: .data))
        case .resumed: self = .resumed(from: try container.decode(Int.self, forKey: .data))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .created(let data): try encode(.created, data, to: encoder)
        case .started(let data): try encode(.started, data, to: encoder)
        case .reported(let data): try encode(.reported, data, to: encoder)
        case .decided(let data): try encode(.decided, data, to: encoder)
        case .promoted(let data): try encode(.promoted, data, to: encoder)
        case .ended(let data): try encode(.ended, data, to: encoder)
        case .retried(let data): try encode(.retried, data, to: encoder)
        case .extended(let data): try encode(.extended, data, to: encoder)
        case .interrupted(let data): try encode(.interrupted, data, to: encoder)
        case .finished(let data): try encode(.finished, data, to: encoder)
        case .resumed(let data): try encode(.resumed, data, to: encoder)
        }
    }

    private func encode(_ kind: Kind, _ data: some Encodable, to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Self.version, forKey: .v)
        try container.encode(kind.rawValue, forKey: .type)
        try container.encode(data, forKey: .data)
    }
}
