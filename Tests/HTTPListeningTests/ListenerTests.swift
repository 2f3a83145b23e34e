import Foundation
import HTTPListening
import Testing

/// A server, asked over sockets.
@Suite struct ListenerTests {
    /// Answers with the body's size.
    private struct Echo: RequestAnswering {
        func answer(to request: IncomingRequest) async throws -> Answer {
            if request.head.path == "/refused" { throw RequestRefusal(403, "no") }
            return .text(200, "\(try await request.body(atMost: 1 << 20).count)")
        }

        func answer(to refusal: RequestRefusal) -> Answer { .text(refusal.status, refusal.text) }
    }

    /// Calls a body, on a thread of its own as it waits for sockets, with the port of a server that runs
    /// meanwhile.
    private func withServer(
        _ limits: ConnectionLimits = ConnectionLimits(),
        _ body: @escaping @Sendable (UInt16) throws -> Void
    ) async throws {
        let listener = Listener(
            try ListeningAddress("localhost"), limits: limits, answering: Echo())
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let server = Task(executorPreference: OwnThreads()) {
            try await listener.run(at: 0) { continuation.yield($0) }
        }
        defer { server.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try body(port) })
            }
        }
    }

    @Test func requestsAreAnswered() async throws {
        try await withServer { port in
            let client = try Client(port: port)
            let post = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
            #expect(try client.exchange(post).hasSuffix("5\n"))
            // The connection stays, also behind a request that is refused with its body unread.
            let refused = post.replacingOccurrences(of: "/x", with: "/refused")
            #expect(try client.exchange(refused).hasPrefix("HTTP/1.1 403"))
            #expect(try client.exchange(post).hasSuffix("5\n"))
        }
    }

    @Test func largeBodiesComeWhole() async throws {
        try await withServer { port in
            let client = try Client(port: port)
            let size = 1 << 20
            let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(size)\r\n\r\n"
            let answer = try client.exchange(head + String(repeating: "x", count: size))
            #expect(answer.hasSuffix("\(size)\n"))
        }
    }

    /// FlyingFox itself reads headers for as long as they come.
    @Test(arguments: ["X-Long: ", "", "X: y\r\n"])
    func headersThatNeverEndAreEnded(part: String) async throws {
        var limits = ConnectionLimits()
        // Less than FlyingFox reads at once, however slow it is.
        limits.headBytes = 1000
        try await withServer(limits) { port in
            let client = try Client(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\(part)")
            let filler = part.hasSuffix("\r\n") ? part : "xxxxxxxx"
            #expect(try client.sendUntilEnded(String(repeating: filler, count: 2000)))
        }
    }

    @Test func requestsThatNeverEndAreEnded() async throws {
        var limits = ConnectionLimits()
        limits.requestTime = .seconds(2)
        try await withServer(limits) { port in
            let slow = try Client(port: port)
            let body = try Client(port: port)
            try body.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
            let idle = try Client(port: port)
            #expect(try slow.trickleUntilEnded("GET / HTTP/1.1\r\nX: "))
            #expect(try body.isEnded())
            // One that asks for nothing takes nothing.
            #expect(try idle.exchange("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").hasSuffix("0\n"))
        }
    }

    @Test func silentConnectionsAreEnded() async throws {
        var limits = ConnectionLimits()
        limits.silence = .milliseconds(300)
        try await withServer(limits) { port in
            let client = try Client(port: port)
            #expect(try client.isEnded())
        }
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let first = Listener(try ListeningAddress("127.0.0.1"), answering: Echo())
        let server = Task { try await first.run(at: 0) { continuation.yield($0) } }
        defer { server.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        await #expect(throws: ListeningFailure.port(port, reason: "address already in use")) {
            try await first.run(at: port) { _ in }
        }
    }

    @Test(arguments: ["here", "", "127.0.0.256", "::g", "evil.example"])
    func anAddressThatIsNoneIsNamed(text: String) {
        #expect(throws: ListeningFailure.address(text)) { try ListeningAddress(text) }
    }

    @Test func linksNameTheAddress() throws {
        #expect(try ListeningAddress("localhost").link(port: 80) == "http://127.0.0.1:80")
        #expect(try ListeningAddress("::1").link(port: 80) == "http://[::1]:80")
        #expect(try ListeningAddress("0.0.0.0").isLoopback == false)
    }
}
