internal import Engine
internal import Platform

/// One client's lines and their answers, in any order. Belongs to the poller's thread; other threads
/// only hand it on, which is why it may be shared.
final class AskChannel: @unchecked Sendable {
    private let inbox: AskInbox
    private let names: ReportNames
    private var reader: PipeReader?
    private var writer: PipeWriter?
    private var splitter = LineSplitter(limit: ProgramConnection.longestLine)
    private var lines: ArraySlice<LineSplitter.Part> = []
    /// How many requests are not answered.
    private var unanswered = 0
    private var isInLongLine = false
    private let ended: () -> Void
    private var hasEnded = false

    /// So many requests are taken before one is answered, and so many bytes of answers are kept.
    private static let (mostRequests, mostBytes) = (64, 1 << 20)

    /// - Parameters:
    ///   - input: does not block, or is read by nothing else; it is closed at the end.
    ///   - output: where the answers go; it is closed at the end.
    ///   - ended: is called once, when the client asks no more.
    init(
        input: Int32, output: Int32, inbox: AskInbox, names: ReportNames,
        ended: @escaping () -> Void
    ) {
        (self.inbox, self.names, self.ended) = (inbox, names, ended)
        writer = PipeWriter(output, closesDescriptor: true) { [unowned self] in proceed() }
        reader = PipeReader(
            input,
            take: { [unowned self] bytes in
                splitter.add(bytes) { lines.append($0) }
                proceed()
            },
            ended: { [unowned self] in proceed() })
    }

    var isClosed: Bool { writer == nil }

    private func proceed() {
        guard let writer, let reader else { return }
        if writer.isClosed { return close() }
        while unanswered < Self.mostRequests, writer.count < Self.mostBytes,
            let line = lines.popFirst()
        {
            take(line)
        }
        if lines.isEmpty { lines = [] }
        reader.isPaused = !lines.isEmpty
        guard reader.isClosed, lines.isEmpty else { return }
        tellEnd()
        if unanswered == 0, writer.count == 0 { close() }
    }

    private func take(_ part: LineSplitter.Part) {
        switch part {
        case .piece(let bytes):
            if !isInLongLine {
                let limit = ProgramConnection.longestLine
                send(.error("line: expected at most \(limit) bytes, got more"), id: nil)
            }
            isInLongLine = bytes.last != UInt8(ascii: "\n")
        case .line(let line):
            do {
                let request = try AskRequest(line, names)
                unanswered += 1
                inbox.post(
                    AskInbox.Entry(content: request.content, holder: request.holder) {
                        [weak self] answer in
                        Poller.shared.perform { [weak self] in
                            self?.unanswered -= 1
                            self?.send(answer, id: request.id)
                            self?.proceed()
                        }
                    })
            } catch let refusal as AskRefusal {
                send(.error(refusal.text), id: refusal.id)
            } catch {
                send(.error("\(error)"), id: nil)
            }
        }
    }

    private func send(_ answer: AskAnswer, id: JSON?) { writer?.write(answer.line(id: id)) }

    /// Ends the connection.
    func close() {
        let (reader, writer) = (self.reader, self.writer)
        (self.reader, self.writer) = (nil, nil)
        reader?.close()
        writer?.close()
        tellEnd()
    }

    private func tellEnd() {
        guard !hasEnded else { return }
        hasEnded = true
        ended()
    }
}
