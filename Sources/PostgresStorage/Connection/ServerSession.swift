internal import Platform

/// A connection that is made when it is needed, and made again after it was lost. Used by one thread at
/// a time.
struct ServerSession {
    let address: ServerAddress
    private var connection: ServerConnection?

    /// How long reading waits for a server that is away, in seconds.
    private static let patience = 60.0
    /// The pause between two attempts, in seconds.
    static let pause = 0.2

    /// A session that is not connected yet.
    init(_ address: ServerAddress) { self.address = address }

    /// Has `body` use the connection, which is made first where there is none.
    ///
    /// - Throws: `ServerError`, and what `body` throws. After `unreachable` the next call connects again.
    mutating func use<T>(_ body: (ServerConnection) throws -> T) throws -> T {
        let connection = try connection ?? ServerConnection(address)
        self.connection = connection
        do { return try body(connection) } catch let error as ServerError {
            if case .unreachable = error { self.connection = nil }
            throw error
        }
    }

    /// Has `body`, which may be called more than once, use the connection. A server that is away is waited
    /// for.
    ///
    /// - Throws: `ServerError`, `unreachable` after a minute; and what `body` throws.
    mutating func repeating<T>(_ body: (ServerConnection) throws -> T) throws -> T {
        let end = ContinuousClock.now + .seconds(Self.patience)
        while true {
            do { return try use(body) } catch let error as ServerError {
                guard case .unreachable = error, .now < end else { throw error }
            }
            Self.rest()
        }
    }

    /// Lets a moment pass before the next attempt.
    static func rest() { usleep(UInt32(pause * 1e6)) }

    /// Closes the connection.
    mutating func close() { connection = nil }
}
