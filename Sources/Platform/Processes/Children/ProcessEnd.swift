internal import CProcesses

/// How a process has ended.
package enum ProcessEnd: Hashable, Sendable, CustomStringConvertible {
    /// By itself, with this code.
    case exited(Int32)
    /// By a signal of this number.
    case killed(Int32)

    /// `exit code 1`, `killed by SIGKILL`.
    package var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let number): "killed by \(SignalName.text(of: number))"
        }
    }

    /// Seconds between two looks where the system cannot wait for a process.
    private static let interval = 0.01

    /// Calls `body` once a child has ended, and takes its end. On the poller's thread.
    static func await(_ process: pid_t, _ body: @escaping (ProcessEnd) -> Void) {
        let descriptor = cp_open_process(process)
        guard descriptor >= 0 else { return look(at: process, body) }
        var watch: PollWatch?
        watch = Poller.shared.watch(descriptor, for: .reading) { _ in
            guard let end = taken(from: process) else { return }
            watch?.cancel()
            watch = nil
            close(descriptor)
            body(end)
        }
    }

    private static func look(at process: pid_t, _ body: @escaping (ProcessEnd) -> Void) {
        if let end = taken(from: process) { return body(end) }
        Poller.shared.after(interval) { look(at: process, body) }
    }

    /// The end of a child that has ended; nil while it runs.
    private static func taken(from process: pid_t) -> ProcessEnd? {
        var status: Int32 = 0
        var found: pid_t
        repeat { found = waitpid(process, &status, WNOHANG) } while found < 0 && errno == EINTR
        guard found != 0 else { return nil }
        // Something else has taken it: how it ended is not known.
        guard found == process else { return .exited(-1) }
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal)
    }
}
