internal import Engine
internal import Platform
internal import Synchronization

/// One start of a trial's program: its processes, what it prints, and its log.
///
/// The poller's thread alone touches what can change and is not behind a lock; that is why it may be
/// shared.
final class ProgramProcess: @unchecked Sendable {
    let group: ProcessGroup
    private let child: ChildProcess
    private let log: ProgramLog
    private var reader: PipeReader?
    private var errorReader: PipeReader?
    private var splitter = LineSplitter(limit: ProgramConnection.longestLine)
    private var reports: PrintedReports
    /// What of the output is not in the log yet.
    private var unwritten: [UInt8] = []
    private var connections: [ProgramConnection] = []
    private var isSpeaking = false
    private var end: ProcessEnd?
    private var send: ((ProgramRun.Event) -> Void)?
    private let nearest = Mutex<String?>(nil)

    /// Starts the program.
    ///
    /// - Throws: `ProcessError`, `FileError`.
    init(
        _ spec: ProgramSpec, _ values: TrialValues, variables: [String: String?],
        reports: PrintedReports
    ) throws {
        self.reports = reports
        log = try ProgramLog(spec.log(for: values))
        var command = ProcessCommand(spec.words(for: values))
        command.environment = variables
        command.folder = spec.folder?.text(with: values.text(of:))
        // Not the log itself: what the program writes last, an error, is to stand last there.
        command.errors = .pipe
        command.killAfter = spec.killAfter
        let child = try command.start()
        (group, self.child) = (child.group, child)
    }

    /// What of the pipe is read at once when the program has ended: more than a pipe holds.
    private static let pipeSize = 1 << 22
    /// Seconds that connections have to be closed after the program's end.
    private static let patience = 1.0

    /// Begins to read.
    ///
    /// - Parameter send: is called on the poller's thread; the program's end comes last.
    func begin(_ send: @escaping @Sendable (ProgramRun.Event) -> Void) {
        Poller.shared.perform { [self] in
            self.send = send
            reader = child.output.map {
                PipeReader($0, take: { [unowned self] in take($0) }, ended: {})
            }
            errorReader = child.errors.map {
                PipeReader($0, take: { [log = self.log] in log.write(Array($0)) }, ended: {})
            }
        }
        group.whenEnded { [self] end in Poller.shared.perform { [self] in ended(end) } }
        group.whenGone { [self] in Poller.shared.perform { [self] in gone() } }
    }

    /// Ends the processes.
    ///
    /// - Parameter isTold: the program knows already, and has half of its time to end by itself.
    func end(with signal: Int32, isTold: Bool) {
        group.end(with: signal, grace: isTold ? group.killAfter / 2 : 0)
    }

    /// Lets a program that prints wait, or continue. From any thread.
    func hold(_ holds: Bool) {
        Poller.shared.perform { [self] in if end == nil { reader?.isPaused = holds } }
    }

    /// The printed line that came nearest to a report.
    var nearestLine: String? { nearest.withLock { $0 } }

    /// The last lines of the log since the start.
    var lastLines: String? { log.lastLines }

    // MARK: - The poller's thread

    private func take(_ bytes: UnsafeRawBufferPointer) {
        splitter.add(bytes, skimming: { skim($0) }, { take($0) })
        flush()
    }

    /// Takes a line that can be no report, of which a program may print a thousand million.
    private func skim(_ line: UnsafeRawBufferPointer) -> Bool {
        guard isSpeaking || reports.passes(over: line) else { return false }
        unwritten.append(contentsOf: line)
        return true
    }

    /// Writes the lines of one read at once: a program may print a million short ones.
    private func flush() {
        guard !unwritten.isEmpty else { return }
        log.write(unwritten)
        unwritten.removeAll(keepingCapacity: true)
        nearest.withLock { $0 = reports.nearest }
    }

    private func take(_ part: LineSplitter.Part) {
        switch part {
        case .piece(let bytes): unwritten += bytes
        case .line(let line):
            if !isSpeaking, let fields = reports.fields(in: line) {
                flush()
                send?(.report(fields, nil))
            } else {
                unwritten += line
                unwritten.append(UInt8(ascii: "\n"))
            }
        }
    }

    /// A program that says hello reports there, and prints only for people.
    func speaks(on connection: ProgramConnection) {
        isSpeaking = true
        connections.append(connection)
    }

    func connectionClosed() { tellEnd() }

    private func ended(_ end: ProcessEnd) {
        drain()
        self.end = end
        tellEnd()
        Poller.shared.after(Self.patience) { [self] in
            connections = []
            tellEnd()
        }
    }

    private func drain() {
        reader?.isPaused = false
        reader?.drain(atMost: Self.pipeSize)
        if let last = splitter.finish() { take(last) }
        flush()
        errorReader?.drain(atMost: Self.pipeSize)
    }

    /// The end comes after what the program has said before it.
    private func tellEnd() {
        guard let end, let send, !connections.contains(where: \.isOpen) else { return }
        self.send = nil
        connections = []
        send(.ended(end))
    }

    private func gone() {
        drain()
        reader?.close()
        errorReader?.close()
        (reader, errorReader) = (nil, nil)
        log.close()
        connections = []
        tellEnd()
    }
}
