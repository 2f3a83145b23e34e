/// Sends what the process writes to standard output to nowhere for a while.
package final class SilentOutput {
    /// Standard output as it was; negative where nothing could be changed.
    private let saved: Int32

    /// Silences standard output until ``end()``.
    package init() {
        fflush(nil)
        saved = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        if saved >= 0, null >= 0 { dup2(null, STDOUT_FILENO) }
        if null >= 0 { close(null) }
    }

    /// Lets standard output be what it was. To be called once.
    package func end() {
        fflush(nil)
        guard saved >= 0 else { return }
        dup2(saved, STDOUT_FILENO)
        close(saved)
    }
}
