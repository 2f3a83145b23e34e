/// Writes to pipes that no one may read any more, which are errors of the write and not signals.
enum BrokenPipe {
    /// Runs `body`, in which a write to a broken pipe fails with `EPIPE` alone.
    static func ignoring(_ body: () -> Void) {
        var set = sigset_t()
        var before = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &set, &before)
        body()
        // A thread takes what it has caused itself before the signal may reach it again.
        var pending = sigset_t()
        sigpending(&pending)
        if sigismember(&before, SIGPIPE) == 0, sigismember(&pending, SIGPIPE) == 1 {
            var number: Int32 = 0
            sigwait(&set, &number)
        }
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
