internal import Platform
internal import Synchronization

/// What `ag.spawn` gives: a child of the script's, which ends with the object.
final class SpawnedProcess: Sendable {
    let group: ProcessGroup
    /// Tells of output, of room for input, and of the child's end.
    let signal = ChangeSignal()
    let output: SpawnedOutput
    private let pipes: Pipes
    /// The first word of its command, for messages.
    let name: String

    /// - Throws: `ProcessError`, `FileError`.
    init(_ command: ProcessCommand) throws {
        name = command.arguments[0]
        let child = try command.start()
        group = child.group
        output = SpawnedOutput(signal: signal)
        pipes = Pipes(child, output: output, signal: signal)
        group.whenEnded { [signal] _ in signal.notify() }
    }

    deinit { shutDown() }

    /// Ends the child and closes its pipes.
    func shutDown() {
        group.end()
        pipes.close()
    }

    /// What can be read now; nil where the child has written less.
    ///
    /// - Throws: `OutOfMemory`.
    func read(_ amount: SpawnedOutput.Amount) throws -> ArraySlice<UInt8>? {
        defer { pipes.goOn() }
        return try output.take(amount)
    }

    /// How the child has ended; nil while it runs. What it writes meanwhile is kept.
    ///
    /// - Throws: `OutOfMemory`.
    func end() throws -> ProcessEnd? {
        if let end = group.end { return end }
        try output.makeRoom()
        pipes.goOn()
        return nil
    }

    /// Whether there is a pipe to the child's standard input that was not closed.
    var takesInput: Bool { pipes.takesInput }

    /// Writes to the child's standard input.
    func write(_ bytes: [UInt8]) { pipes.write(bytes) }

    /// Whether all was written: false while the child has not read it.
    ///
    /// - Returns: nil where it reads no more.
    var hasWritten: Bool? { pipes.hasWritten }

    /// Ends the child's standard input, once all is written.
    func endInput() { pipes.endInput() }
}

/// The ends of a child's pipes, which belong to the poller's thread: that is why they may be shared.
private final class Pipes: @unchecked Sendable {
    private struct Input {
        var waiting = 0
        /// There is no pipe, or the script has ended it.
        var isEnded: Bool
        /// The child reads no more.
        var isBroken = false
    }
    private var reader: PipeReader?
    private var writer: PipeWriter?
    private let output: SpawnedOutput
    private let signal: ChangeSignal
    private let input: Mutex<Input>

    /// What a pipe of the system's holds at most.
    private static let pipeSize = 1 << 20

    init(_ child: ChildProcess, output: SpawnedOutput, signal: ChangeSignal) {
        (self.output, self.signal) = (output, signal)
        input = Mutex(Input(isEnded: child.input == nil))
        Poller.shared.perform { [self] in open(child) }
    }

    private func open(_ child: ChildProcess) {
        if let descriptor = child.output {
            reader = PipeReader(
                descriptor, take: { [unowned self] in reader?.isPaused = !output.add($0) },
                ended: { [output] in output.close() })
        } else {
            output.close()
        }
        if let descriptor = child.input {
            writer = PipeWriter(descriptor, closesDescriptor: true) { [unowned self] in noteInput()
            }
        }
        // What holds the pipe then has left the group.
        child.group.whenGone { [self] in
            reader?.isPaused = false
            reader?.drain(atMost: Self.pipeSize)
            close()
        }
    }

    private func noteInput() {
        input.withLock { input in
            input.waiting = writer?.count ?? 0
            if writer?.isClosed ?? true, !input.isEnded { input.isBroken = true }
        }
        signal.notify()
    }

    var takesInput: Bool { input.withLock { !$0.isEnded } }

    var hasWritten: Bool? {
        input.withLock { $0.isBroken ? nil : $0.waiting == 0 }
    }

    func write(_ bytes: [UInt8]) {
        input.withLock { $0.waiting += bytes.count }
        Poller.shared.perform { [self] in
            writer?.write(bytes)
            noteInput()
        }
    }

    func endInput() {
        Poller.shared.perform { [self] in writer?.end() }
        input.withLock { $0.isEnded = true }
    }

    /// Reads on where there is room again.
    func goOn() {
        guard output.takeRoom() else { return }
        Poller.shared.perform { [self] in reader?.isPaused = false }
    }

    func close() {
        Poller.shared.perform { [self] in
            reader?.close()
            writer?.close()
        }
    }
}
