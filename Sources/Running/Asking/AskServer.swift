internal import Engine
internal import Platform
internal import Synchronization

/// Where clients that ask and tell come from: standard input and output, a Unix socket, or other doors.
package final class AskServer: Sendable {
    /// One answer, as a line.
    package struct Answer: Sendable {
        /// A JSON object, and a newline.
        package let line: [UInt8]
        /// The request could not be taken.
        package let isError: Bool
    }

    private let inbox: AskInbox
    private let names: ReportNames
    private let polled = Polled()
    private let socket = Mutex<AskSocket?>(nil)
    /// Until when a client counts as one that is here, though it has no connection.
    private let visited = Mutex(ContinuousClock.now)

    /// A server without clients.
    package init(_ inbox: AskInbox, names: ReportNames) {
        (self.inbox, self.names) = (inbox, names)
    }

    /// Serves one client, whose end closes the inbox.
    ///
    /// - Parameters:
    ///   - input: where its requests come from.
    ///   - output: where its answers go.
    package func serve(input: Int32, output: Int32) {
        Poller.shared.perform { [self] in
            polled.channels.append(
                AskChannel(input: input, output: output, inbox: inbox, names: names) {
                    [inbox, polled] in
                    polled.count.withLock { $0 -= 1 }
                    inbox.close()
                })
        }
        polled.count.withLock { $0 += 1 }
    }

    /// Serves all clients that connect to a socket, which only this user can.
    ///
    /// - Parameters:
    ///   - path: at most 107 bytes; nil for one in a folder of its own. What is there and answers no
    ///     more is replaced.
    ///   - study: the study's file, beside which a link leads to the socket.
    /// - Returns: the socket's path.
    /// - Throws: `FileError`.
    @discardableResult
    package func listen(at path: String?, study: String? = nil) throws -> String {
        let socket = try AskSocket(at: path, study: study)
        do { try listen(socket.path) } catch {
            socket.remove()
            throw error
        }
        self.socket.withLock { $0 = socket }
        return socket.path
    }

    private func listen(_ path: String) throws {
        let outcome = Monitor<Result<Void, FileError>?>(nil)
        Poller.shared.perform { [self] in
            do {
                polled.listener = try SocketListener(path) { [self] in connect($0) }
                outcome.change { $0 = .success(()) }
            } catch {
                outcome.change { $0 = .failure(error as? FileError ?? .last) }
            }
        }
        try outcome.wait { $0 }?.get()
    }

    /// Answers a request that comes without a connection of lines.
    ///
    /// - Parameters:
    ///   - line: one JSON object.
    ///   - verb: which of the requests it has to be.
    ///   - stays: seconds for which the client counts as one that is here.
    ///   - reply: is called once, on any thread; never where the server ends before.
    package func take(
        _ line: [UInt8], verb: String, stays: Double, _ reply: @escaping @Sendable (Answer) -> Void
    ) {
        visited.withLock { $0 = max($0, .now + .seconds(stays)) }
        do {
            let request = try AskRequest(line, names)
            guard request.verb == verb else {
                throw AskRefusal("line: expected \(verb), got \(request.verb)", id: request.id)
            }
            inbox.post(
                AskInbox.Entry(content: request.content, holder: request.holder) { answer in
                    reply(Answer(line: answer.line(id: request.id), isError: answer.isError))
                })
        } catch {
            let refusal = error as? AskRefusal
            let answer = AskAnswer.error(refusal?.text ?? "\(error)")
            reply(Answer(line: answer.line(id: refusal?.id), isError: true))
        }
    }

    /// Whether a client is connected, or has spoken a short while ago.
    package var hasClients: Bool {
        polled.count.withLock { $0 } > 0 || visited.withLock { $0 } > .now
    }

    private func connect(_ descriptor: Int32) {
        polled.channels.removeAll(where: \.isClosed)
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0, polled.channels.count < Self.mostClients else {
            Platform.close(descriptor)
            if copy >= 0 { Platform.close(copy) }
            return
        }
        polled.count.withLock { $0 += 1 }
        polled.channels.append(
            AskChannel(input: descriptor, output: copy, inbox: inbox, names: names) { [polled] in
                polled.count.withLock { $0 -= 1 }
            })
    }

    /// Beyond these a connection is closed at once.
    private static let mostClients = 1024

    /// Ends all connections, and removes the socket.
    package func close() {
        let isDone = Monitor(false)
        Poller.shared.perform { [self] in
            polled.listener?.close()
            polled.listener = nil
            for channel in polled.channels { channel.close() }
            polled.channels = []
            isDone.change { $0 = true }
        }
        _ = isDone.wait { $0 ? true : nil }
        socket.withLock { $0.take() }?.remove()
    }

    /// What the poller's thread alone touches; that is why it may be shared.
    private final class Polled: @unchecked Sendable {
        var listener: SocketListener?
        var channels: [AskChannel] = []
        /// Connected clients, for other threads.
        let count = Mutex(0)
    }
}
