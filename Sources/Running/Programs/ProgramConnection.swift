internal import Engine
internal import Platform

/// One connection of a program: a line, an answer, a line. Belongs to the poller's thread; other
/// threads only hand it on, which is why it may be shared.
final class ProgramConnection: @unchecked Sendable {
    /// The bytes of the longest line.
    static let longestLine = 1 << 20
    /// Seconds until the hello.
    private static let patience = 30.0

    private unowned let server: ProgramServer
    private var reader: PipeReader?
    private var writer: PipeWriter?
    private var splitter = LineSplitter(limit: longestLine)
    private var lines: ArraySlice<LineSplitter.Part> = []
    private let socket: Int32
    private let road = AnswerRoad()
    private var isInLongLine = false
    private var run: ProgramRun?
    private var instance = 0

    init(_ descriptor: Int32, server: ProgramServer) {
        self.server = server
        // Each end of the connection is closed by itself: who says no more may still read.
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        socket = copy
        writer = PipeWriter(copy, closesDescriptor: true) { [unowned self] in proceed() }
        reader = PipeReader(
            descriptor, take: { [unowned self] in take($0) }, ended: { [unowned self] in proceed() }
        )
        if copy < 0 { close() }
        Poller.shared.after(Self.patience) { [weak self] in
            if let self, run == nil { close() }
        }
    }

    /// Nothing is said on it any more.
    var isClosed: Bool { writer?.isClosed ?? true }

    /// Whether a line of it is still to be taken, or may come.
    var isOpen: Bool { reader?.isClosed == false || !lines.isEmpty }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        splitter.add(bytes) { lines.append($0) }
        proceed()
    }

    /// Answers the lines that have come, one after another: none while an answer waits for the reader.
    private func proceed() {
        guard let writer, let reader else { return }
        if writer.isClosed { return close() }
        // An answer that another thread sends meanwhile leaves it to this one to take the next line.
        var isAwaited: Bool
        repeat {
            answerLines(writer)
            isAwaited = road.lead(to: free)
        } while !isAwaited && !lines.isEmpty && writer.count == 0 && !writer.isClosed
        if lines.isEmpty { lines = [] }
        reader.isPaused = !lines.isEmpty || writer.count > 0
        if reader.isClosed, !isAwaited, lines.isEmpty, writer.count == 0 { close() }
        if !isOpen { run?.connectionClosed() }
    }

    private func answerLines(_ writer: PipeWriter) {
        while !lines.isEmpty, writer.count == 0, !writer.isClosed, !road.isAwaited,
            let line = lines.popFirst()
        {
            answer(line)
        }
    }

    /// The socket, where an answer is all that is to be done on the connection; else nil.
    private var free: Int32? {
        guard lines.isEmpty, let writer, writer.count == 0, let reader, !reader.isClosed else {
            return nil
        }
        return socket
    }

    private func answer(_ part: LineSplitter.Part) {
        switch part {
        case .piece(let bytes):
            if !isInLongLine {
                send(.error("line: expected at most \(Self.longestLine) bytes, got more"))
            }
            isInLongLine = bytes.last != UInt8(ascii: "\n")
        case .line(let bytes):
            do { try answer(ProgramRequest(bytes, run?.names)) } catch {
                send(.error("\(error)"))
            }
        }
    }

    private func answer(_ request: ProgramRequest) throws {
        if case .hello(let trial, let secret) = request {
            guard run == nil else { throw RequestError("hello: it was said before") }
            guard let found = server.run(of: trial, secret: secret) else {
                throw RequestError(
                    "secret: expected that of trial \(trial), which runs, got another")
            }
            run = found
            let (start, why) = found.attach(self)
            instance = start
            if let why { return send(.stop(why: why)) }
            return send(.welcome(arguments: found.arguments, resource: found.checkpoint))
        }
        guard let run else { throw RequestError("hello: expected before anything else") }
        switch request {
        case .report(let fields):
            road.expect(at: free)
            run.take(.report(fields, self), from: instance)
        case .checkpoint(let resource):
            try run.keepCheckpoint(resource, from: instance)
            send(.ok)
        case .done:
            send(.ok)
            run.take(.done, from: instance)
        case .fail(let why):
            send(.ok)
            run.take(.failed(why), from: instance)
        case .hello: break
        }
    }

    /// Answers the report that waits for that. From any thread.
    func reply(_ answer: ProgramAnswer) {
        let line = answer.line
        let count = road.send(line)
        guard count < line.count else { return }
        Poller.shared.perform { [self] in
            road.end()
            writer?.write(line[count...])
            proceed()
        }
    }

    private func send(_ answer: ProgramAnswer) { writer?.write(answer.line) }

    /// Ends the connection.
    func close() {
        road.end()
        lines = []
        let (reader, writer) = (self.reader, self.writer)
        (self.reader, self.writer) = (nil, nil)
        reader?.close()
        writer?.close()
        run?.connectionClosed()
    }
}
