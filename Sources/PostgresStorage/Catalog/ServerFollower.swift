internal import Engine

/// Reads a study of a database again and again, each time only the rows that are new.
///
/// It holds no transaction between two readings, so that the writer is never waited for. Not safe to
/// share between threads.
public final class ServerFollower {
    private let address: ServerAddress
    private var connection: ServerConnection?
    private var progress = ServerStudy.Progress()
    private var last: ServerStudy?

    /// Follows a study, which need not be there yet.
    ///
    /// - Parameter text: as for `ServerStudy.read`. What it names at first is followed from then on.
    /// - Throws: `ServerError`.
    public init(_ text: String) throws { address = try ServerAddress(text) }

    /// The study as it is now; nil when nothing has changed since the last reading.
    ///
    /// - Throws: `ServerError`, `Event.UnknownEvent`. The next reading connects again, and reads all.
    /// - Complexity: O(what is new + trials).
    public func read() throws -> ServerStudy? {
        do {
            let connection = try connection ?? ServerConnection(address)
            self.connection = connection
            let place = progress.study.map { address.address(ofStudy: $0) } ?? address
            let study = try connection.transaction("ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                try ServerStudy(place, reading: &progress, on: connection)
            }
            defer { last = study }
            return study.differs(from: last) ? study : nil
        } catch {
            (connection, progress, last) = (nil, .init(study: progress.study), nil)
            throw error
        }
    }
}

extension ServerStudy {
    /// Whether anything is new since `earlier` was read.
    fileprivate func differs(from earlier: ServerStudy?) -> Bool {
        guard let earlier else { return true }
        return eventCount != earlier.eventCount || arrivals.count != earlier.arrivals.count
            || isHeld != earlier.isHeld
    }
}
