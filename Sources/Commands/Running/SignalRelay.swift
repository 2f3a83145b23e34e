internal import LuaBridge
internal import Platform
internal import Synchronization

/// Turns Ctrl-C into a call on an ordinary thread.
///
/// In a signal handler hardly anything is allowed, so it writes a byte into a pipe that a thread
/// reads. A second request, made after the first has been noticed, ends the process at once. Two
/// signals that arrive together are one request: `timeout` sends SIGTERM to the process and then to
/// its group. Children are started with the default handling, as handlers do not survive `exec`. A
/// signal that was ignored when the process started stays ignored: the program that started it, `nohup` or a
/// shell for what it runs in the background, meant it to continue.
enum SignalRelay {
    /// Calls `action` when SIGINT or SIGTERM arrives, with its number: once, until `arm` is called.
    static func start(_ action: @escaping @Sendable (Int32) -> Void) {
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        LuaThread.start {
            while let signal = next() {
                action(signal)
                request.noticed.store(now(), ordering: .releasing)
            }
        }
        arm()
    }

    /// The signal that made the request to end; nil where there was none.
    static var received: Int32? {
        let number = request.signal.load(ordering: .acquiring)
        return number == 0 ? nil : number
    }

    /// Takes the next signal as a first one.
    static func arm() {
        request.noticed.store(0, ordering: .releasing)
        request.signal.store(0, ordering: .releasing)
        for number in [SIGINT, SIGTERM] where !isIgnored(number) {
            var handling = sigaction()
            #if canImport(Darwin)
                handling.__sigaction_u.__sa_handler = relay
            #else
                handling.__sigaction_handler.sa_handler = relay
            #endif
            handling.sa_flags = SA_RESTART
            sigaction(number, &handling, nil)
        }
    }

    private static func next() -> Int32? {
        var byte: UInt8 = 0
        while true {
            let count = read(ends[0], &byte, 1)
            guard count < 0, errno == EINTR else { return count == 1 ? Int32(byte) : nil }
        }
    }
}

/// What is known of a request to end.
private struct Request: ~Copyable {
    /// The first signal's number, 0 before it.
    let signal = Atomic<Int32>(0)
    /// When the action had been called, in milliseconds; 0 before that.
    let noticed = Atomic<Int>(0)
}

private let request = Request()

/// Signals that arrive within so many milliseconds after a request was noticed belong to it.
private let together = 100

/// Milliseconds on a clock that never steps; allowed in a handler.
private func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

/// Read end, write end. Written once, before the handler is installed.
nonisolated(unsafe) private var ends: [Int32] = [-1, -1]

private let relay: @convention(c) (Int32) -> Void = { number in
    let saved = errno
    defer { errno = saved }
    let isFirst = request.signal.compareExchange(
        expected: 0, desired: number, ordering: .acquiringAndReleasing
    ).exchanged
    if isFirst {
        request.noticed.store(0, ordering: .releasing)
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(ends[1], &byte, 1)
        return
    }
    let noticed = request.noticed.load(ordering: .acquiring)
    guard noticed != 0, now() - noticed >= together else { return }
    signal(number, SIG_DFL)
    raise(number)
}
