internal import CProcesses
internal import HeapModule
internal import Synchronization

/// One thread that waits for pipes, sockets, the ends of processes and points in time.
///
/// ```swift
/// Poller.shared.perform {
///     let watch = Poller.shared.watch(descriptor, for: .reading) { _ in … }    // on the poller's thread
///     Poller.shared.after(10) { … }
/// }
/// ```
///
/// Any thread may call ``perform(_:)``; all else belongs to the poller's own thread. What it calls there
/// must not wait.
package final class Poller: Sendable {
    /// The poller of this process; its thread starts with the first use.
    package static let shared = Poller()

    private struct Inbox {
        var jobs: [@Sendable () -> Void] = []
        var isWoken = false
    }
    private let inbox = Mutex(Inbox())
    private let state = PolledState()
    private let wakeReader: Int32
    private let wakeWriter: Int32

    private init() {
        var ends: [Int32] = [-1, -1]
        precondition(cp_pipe(&ends) == 0, "the system gives no pipe (error \(errno))")
        (wakeReader, wakeWriter) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        SystemThread.start { [self] in run() }
    }

    /// Runs `job` on the poller's thread, after those that were given before.
    package func perform(_ job: @escaping @Sendable () -> Void) {
        let wakes = inbox.withLock { inbox in
            inbox.jobs.append(job)
            defer { inbox.isWoken = true }
            return !inbox.isWoken
        }
        if wakes { _ = write(wakeWriter, [0], 1) }
    }

    /// Calls `body` each time the descriptor can be read or written, until the watch is cancelled.
    ///
    /// - Parameter body: is given what the descriptor is ready for; both when its other end is gone.
    package func watch(
        _ descriptor: Int32, for interest: PollInterest,
        _ body: @escaping (PollInterest) -> Void
    ) -> PollWatch {
        let watch = PollWatch(
            descriptor, for: interest, changed: { [state] in state.isChanged = true }, body: body)
        state.watches.append(watch)
        state.isChanged = true
        return watch
    }

    /// Calls `body` once, after so many seconds.
    package func after(_ seconds: Double, _ body: @escaping () -> Void) {
        state.order += 1
        state.timers.insert(
            PolledState.Timer(
                due: .now + .seconds(max(0, min(seconds, 1e9))), order: state.order, body: body))
    }

    // MARK: - The thread

    private func run() -> Never {
        // A pipe whose reader has gone is an error of the write, and not the end of the process.
        var broken = sigset_t()
        sigemptyset(&broken)
        sigaddset(&broken, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &broken, nil)
        var list = PollList(waking: wakeReader)
        while true {
            if state.takeChange() { list.replace(with: state.watches) }
            if list.wait(milliseconds: state.timeout) > 0 { callBodies(of: list) }
            state.fireTimers()
        }
    }

    private func callBodies(of list: PollList) {
        for (entry, watch) in zip(list.entries, list.watches) where entry.revents != 0 {
            guard let watch else {
                takeJobs()
                continue
            }
            if !watch.isCancelled { watch.body(PollInterest(ready: entry.revents)) }
        }
    }

    private func takeJobs() {
        // There is one byte: the next is written only once this has been seen.
        var byte: UInt8 = 0
        _ = read(wakeReader, &byte, 1)
        let jobs = inbox.withLock { inbox in
            inbox.isWoken = false
            defer { inbox.jobs = [] }
            return inbox.jobs
        }
        for job in jobs { job() }
    }
}

/// What the poller's thread alone touches; that is why it may be shared.
private final class PolledState: @unchecked Sendable {
    struct Timer: Comparable {
        let due: ContinuousClock.Instant
        let order: Int
        let body: () -> Void

        static func < (a: Timer, b: Timer) -> Bool { (a.due, a.order) < (b.due, b.order) }
        static func == (a: Timer, b: Timer) -> Bool { a.order == b.order }
    }
    var watches: [PollWatch] = []
    /// Something else is to be waited for.
    var isChanged = false
    var timers: Heap<Timer> = []
    var order = 0

    /// Whether something else is to be waited for since the last call.
    func takeChange() -> Bool {
        guard isChanged else { return false }
        isChanged = false
        watches.removeAll(where: \.isCancelled)
        return true
    }

    /// Milliseconds to the next timer, rounded up; −1 without one.
    var timeout: Int32 {
        guard let first = timers.min else { return -1 }
        let rest = ContinuousClock.now.duration(to: first.due) / .milliseconds(1)
        return Int32(max(0, min(rest.rounded(.up), 1e6)))
    }

    func fireTimers() {
        let now = ContinuousClock.now
        while let first = timers.min, first.due <= now {
            timers.removeMin()
            first.body()
        }
    }
}
