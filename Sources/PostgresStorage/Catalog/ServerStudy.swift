public import Engine

/// What a database holds of a study at one moment, read without disturbing the process that writes it.
public struct ServerStudy: Sendable {
    /// The study's address, with its number.
    public let address: String
    /// Which study the name means, in one line; nil where it could be no other.
    public let notice: String?
    /// What it says about itself.
    public let metadata: StudyMetadata
    /// The events, in order; empty where they were only folded.
    public let events: [Event]
    /// How many events there are.
    public let eventCount: Int
    /// The reports received, in order.
    public let arrivals: [ReceivedReport]
    /// Whether a process writes it.
    public let isHeld: Bool
    private let fold: EventFold

    /// Reads a study.
    ///
    /// - Parameters:
    ///   - text: `postgres://…`, `postgres://…#NUMBER` or `postgres://…#NAME`.
    ///   - keepsEvents: else `events` is empty.
    /// - Throws: `ServerError`, `Event.UnknownEvent`.
    public static func read(_ text: String, keepsEvents: Bool = false) throws -> ServerStudy {
        let address = try ServerAddress(text)
        let connection = try ServerConnection(address)
        return try connection.transaction("ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            try ServerStudy(address, keepsEvents: keepsEvents, on: connection)
        }
    }

    private init(
        _ address: ServerAddress, keepsEvents: Bool, on connection: ServerConnection
    ) throws {
        let (study, others) = try StudyRows.find(address, on: connection)
        let found = address.address(ofStudy: study.id)
        (self.address, metadata) = ("\(found)", study.entry.metadata)
        notice = address == found ? nil : Self.notice(address, found, others: others)
        isHeld = study.entry.state == .running
        var (fold, events): (EventFold, [Event]) = (EventFold(), [])
        try EventRows.read(of: found, id: study.id, from: 0, on: connection) { event in
            fold.add(event)
            if keepsEvents { events.append(event) }
        }
        (self.fold, self.events, eventCount) = (fold, events, fold.total)
        arrivals = try ReportRows.read(of: found, id: study.id, after: 0, on: connection)
    }

    private static func notice(
        _ address: ServerAddress, _ found: ServerAddress, others: Int
    ) -> String {
        "\(address) is \(found)" + (others > 0 ? ", the newest of \(others + 1)" : "")
    }

    /// The study that the events tell.
    ///
    /// - Throws: `EventError` when they tell none.
    public var study: StudyState { get throws { try fold.study } }

    /// What a report of a study keeps; nil where that is nothing.
    ///
    /// - Throws: `ServerError`.
    public static func artifact(_ key: Artifact.Key, of text: String) throws -> Artifact? {
        let address = try ServerAddress(text)
        let connection = try ServerConnection(address)
        let (study, _) = try StudyRows.find(address, on: connection)
        return try ContentRows.artifact(key, in: study.id, on: connection)
    }
}
