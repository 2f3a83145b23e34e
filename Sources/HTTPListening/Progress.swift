/// How far the request of a connection has come, as it is seen from time to time.
struct Progress {
    /// Bytes that were read when a request was last complete, or begun.
    private var settled = 0
    /// Bytes that were read.
    private var read = 0
    private var stage: ConnectionGuard.Stage?
    /// Since when a request is coming.
    private var since: ContinuousClock.Instant

    /// A connection that has just been made.
    init(since: ContinuousClock.Instant) { self.since = since }

    /// Takes what is seen of the connection now.
    ///
    /// - Parameters:
    ///   - read: bytes that were read since it was made.
    ///   - stage: how far its request has come; nil where that is as it was.
    mutating func take(
        _ read: Int, stage: ConnectionGuard.Stage?, at now: ContinuousClock.Instant
    ) {
        self.read = read
        if let stage {
            self.stage = stage
            (settled, since) = (read, now)
        }
        // Nothing is coming: it waits for its answer, or has nothing to ask.
        if stage != .begun, self.stage == .read || read == settled { since = now }
    }

    /// Whether what is coming is too long, or takes too long.
    func isOver(_ limits: ConnectionLimits, at now: ContinuousClock.Instant) -> Bool {
        let body = stage == .begun ? limits.bodyBytes : 0
        return read - settled > limits.headBytes + body || now - since > limits.requestTime
    }
}
