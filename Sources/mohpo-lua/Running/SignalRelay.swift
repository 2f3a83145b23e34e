internal import LuaBridge
internal import Platform

/// Turns Ctrl-C into a call on an ordinary thread.
///
/// In a signal handler hardly anything is allowed, so it writes a byte into a pipe that a thread
/// reads. The handlers go with the first signal, whichever it is: the second one ends the process at
/// once. Children are started with the default handling, as handlers do not survive `exec`. A signal
/// that was ignored when the process started stays ignored: whoever started it, `nohup` or a shell
/// for what it runs in the background, meant it to go on.
enum SignalRelay {
    /// Calls `action` when SIGINT or SIGTERM arrives, with its number: once, until `arm` is called.
    static func start(_ action: @escaping @Sendable (Int32) -> Void) {
        guard pipe(&ends) == 0 else { return }
        LuaThread.start {
            while let signal = next() { action(signal) }
        }
        arm()
    }

    /// Takes the next signal as a first one.
    static func arm() {
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

/// Read end, write end. Written once, before the handler is installed.
nonisolated(unsafe) private var ends: [Int32] = [-1, -1]

private let relay: @convention(c) (Int32) -> Void = { number in
    let saved = errno
    if !isIgnored(SIGINT) { signal(SIGINT, SIG_DFL) }
    if !isIgnored(SIGTERM) { signal(SIGTERM, SIG_DFL) }
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(ends[1], &byte, 1)
    errno = saved
}
