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
        var progress = Progress()
        try self.init(address, reading: &progress, keepsEvents: keepsEvents, on: connection)
    }

    /// What has been read of a study, behind which more may come.
    struct Progress {
        /// Which study it is; nil before the first reading.
        var study: Int?
        var fold = EventFold()
        var arrivals: [ReceivedReport] = []
    }

    /// Reads what is new behind `progress`, and moves that on.
    ///
    /// - Throws: as `read`; `progress` is then of no use.
    init(
        _ address: ServerAddress, reading progress: inout Progress, keepsEvents: Bool = false,
        on connection: ServerConnection
    ) throws {
        let (study, others) = try StudyRows.find(address, on: connection)
        if progress.study != study.id { progress = Progress(study: study.id) }
        let found = address.address(ofStudy: study.id)
        (self.address, metadata) = ("\(found)", study.entry.metadata)
        notice = address == found ? nil : Self.notice(address, found, others: others)
        isHeld = study.entry.state == .running
        var (fold, events): (EventFold, [Event]) = (progress.fold, [])
        // Two holders would have the study copied at the first event.
        progress.fold = EventFold()
        try EventRows.read(of: found, id: study.id, from: fold.total, on: connection) { event in
            fold.add(event)
            if keepsEvents { events.append(event) }
        }
        progress.arrivals += try ReportRows.read(
            of: found, id: study.id, after: progress.arrivals.count, on: connection)
        progress.fold = fold
        (self.fold, self.events, eventCount) = (fold, events, fold.total)
        arrivals = progress.arrivals
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

    /// The reports of a study that keep something.
    ///
    /// - Throws: `ServerError`.
    public static func artifactKeys(of text: String) throws -> [Artifact.Key] {
        let address = try ServerAddress(text)
        let connection = try ServerConnection(address)
        let (study, _) = try StudyRows.find(address, on: connection)
        return try ContentRows.artifactKeys(in: study.id, on: connection)
    }
}
