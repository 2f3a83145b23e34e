/// What connections to a server may take of it.
package struct ConnectionLimits: Sendable {
    /// So many may wait at a time; beyond, the system keeps new ones waiting.
    package var connections = 256
    /// How long a connection may say nothing, or take nothing of what it is sent.
    package var silence = Duration.seconds(60)
    /// How long a request may take to come, its body with it.
    package var requestTime = Duration.seconds(60)
    /// Bytes of a request's line and its headers, and of what comes before it is asked for.
    package var headBytes = 1 << 16
    /// Bytes of a body that are read, also where it is then refused for its size.
    package var bodyBytes = 1 << 22
    /// Seconds after which an answer is given up.
    package var answerSeconds = 300.0

    /// The usual limits.
    package init() {}
}
