/// Standard input, output and error, which a process may be started without.
package enum StandardDescriptors {
    /// Opens `/dev/null` where one of them is closed, so that no file, pipe or database takes its place and is
    /// then written to by `print`.
    ///
    /// To be called before anything else is opened. What is written to one that was closed fails as
    /// before, as it is open for reading alone.
    package static func reserve() {
        for descriptor in STDIN_FILENO...STDERR_FILENO {
            guard fcntl(descriptor, F_GETFD) == -1, errno == EBADF else { continue }
            // The system gives the lowest number that is free.
            let null = open("/dev/null", O_RDONLY)
            if null >= 0, null != descriptor {
                dup2(null, descriptor)
                close(null)
            }
        }
    }
}
