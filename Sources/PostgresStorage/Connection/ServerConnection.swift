internal import CLibPQ
internal import Platform

/// A connection to a PostgreSQL server, used by one thread at a time.
final class ServerConnection {
    let pointer: OpaquePointer
    private let server: String

    /// Connects, which takes 10 seconds at most where the user has set no other time (`connect_timeout`,
    /// `PGCONNECT_TIMEOUT`). A server that vanishes is noticed after about 10 seconds.
    ///
    /// - Throws: `ServerError.unreachable`.
    init(_ address: ServerAddress) throws {
        var words = [
            ("fallback_application_name", "mohpo-lua"), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"),
        ]
        if getenv("PGCONNECT_TIMEOUT") == nil { words.append(("connect_timeout", "10")) }
        // The address may say otherwise of all before it, and of nothing behind it.
        words += [("dbname", address.database), ("client_encoding", "UTF8")]
        if let problem = libpq_open() {
            throw ServerError.unreachable(
                server: address.database,
                reason: "libpq, PostgreSQL's client library, cannot be loaded: "
                    + String(cString: problem))
        }
        guard let connected = Self.connect(words) else {
            throw ServerError.unreachable(server: address.database, reason: "there is no memory")
        }
        guard libpq_status(connected) == CONNECTION_OK else {
            let reason = Self.message(of: connected)
            libpq_finish(connected)
            throw ServerError.unreachable(server: address.database, reason: reason)
        }
        (pointer, server) = (connected, address.database)
        // Notices of a schema that is there already are of no use to the user.
        libpq_setNoticeProcessor(pointer, { _, _ in }, nil)
        // A process that freezes, or whose network is gone, within a transaction would hold the lease's
        // row for ever. The server ends its session then, which is a connection that was lost.
        try run("SET idle_in_transaction_session_timeout = \(Self.longestPause)")
    }

    deinit { libpq_finish(pointer) }

    /// Milliseconds that a transaction may wait for its next statement.
    private static let longestPause = 5_000

    private static func connect(_ words: [(key: String, value: String)]) -> OpaquePointer? {
        let keys = words.map { strdup($0.key) } + [nil]
        let values = words.map { strdup($0.value) } + [nil]
        defer { for text in keys + values { free(text) } }
        return libpq_connectdbParams(
            keys.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }

    /// The first line of what libpq says.
    private static func message(of pointer: OpaquePointer) -> String {
        let text = libpq_errorMessage(pointer).map { String(cString: $0) } ?? ""
        let line = text.split(separator: "\n").first.map(String.init) ?? "it does not say why"
        return line.hasPrefix("ERROR:  ") ? String(line.dropFirst(8)) : line
    }

    /// Runs a statement.
    ///
    /// - Parameters:
    ///   - parameters: of `$1` and so on.
    ///   - isBinary: values come back in the server's binary form, in which texts and bytes are what
    ///     they are.
    /// - Throws: `ServerError`.
    @discardableResult
    func run(
        _ sql: String, _ parameters: [QueryParameter] = [], isBinary: Bool = false
    ) throws -> QueryResult {
        let sent = parameters.map(\.sent)
        let formats = parameters.map { Int32($0.isBinary ? 1 : 0) }
        let lengths = sent.map { Int32($0?.count ?? 0) }
        let result = withAddresses(of: sent) { values in
            libpq_execParams(
                pointer, sql, Int32(parameters.count), nil, values, lengths, formats,
                isBinary ? 1 : 0)
        }
        return try checked(result)
    }

    /// Runs statements without parameters, one after the other, all or none.
    ///
    /// - Throws: `ServerError`.
    func runAll(_ sql: String) throws { try checked(libpq_exec(pointer, sql)) }

    /// All of what `body` does, or nothing of it.
    ///
    /// - Parameter mode: further words of `BEGIN`.
    /// - Throws: `ServerError`, and what `body` throws. Whether a transaction whose connection is lost
    ///   was committed, only the server knows.
    func transaction<T>(_ mode: String = "", _ body: () throws -> T) throws -> T {
        try run("BEGIN \(mode)")
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            if libpq_status(pointer) == CONNECTION_OK { _ = try? run("ROLLBACK") }
            throw error
        }
    }

    /// Carries out a batch.
    ///
    /// - Returns: false where it changed nothing, as its first statement changed no row.
    /// - Throws: `ServerError`. Whether a batch whose connection is lost was carried out, only the server
    ///   knows.
    func run(_ batch: StatementBatch) throws -> Bool {
        do { try run(batch.sql, batch.parameters) } catch let error as ServerError {
            guard case .refused(_, _, StatementBatch.changedNothing) = error else { throw error }
            return false
        }
        return true
    }

    @discardableResult
    private func checked(_ result: OpaquePointer?) throws -> QueryResult {
        guard let result else {
            throw ServerError.unreachable(server: server, reason: Self.message(of: pointer))
        }
        let answer = QueryResult(result)
        if answer.isDone { return answer }
        let state = answer.errorField("C") ?? ""
        let reason = answer.errorField("M") ?? Self.message(of: pointer)
        // An error of libpq's own has no state; class 08 is the connection, 57P01 to 57P03 a server that
        // ends or begins.
        guard libpq_status(pointer) == CONNECTION_OK, !state.isEmpty, !state.hasPrefix("08"),
            !state.hasPrefix("57P")
        else { throw ServerError.unreachable(server: server, reason: reason) }
        throw ServerError.refused(server: server, reason: reason, state: state)
    }

    /// Calls `body` with the addresses of all values, nil for NULL.
    private func withAddresses<T>(
        of values: [[UInt8]?], _ body: ([UnsafePointer<CChar>?]) -> T
    ) -> T {
        let copies = values.map { bytes -> UnsafeMutablePointer<CChar>? in
            guard let bytes else { return nil }
            let copy = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(1, bytes.count), alignment: 1)
            copy.copyBytes(from: bytes)
            return copy.baseAddress?.assumingMemoryBound(to: CChar.self)
        }
        defer { for copy in copies { copy.map { UnsafeMutableRawPointer($0).deallocate() } } }
        return body(copies.map { UnsafePointer($0) })
    }
}
