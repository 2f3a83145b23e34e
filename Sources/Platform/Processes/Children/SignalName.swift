/// Signals by the names that people know them by.
package enum SignalName {
    private static let numbers: [String: Int32] = [
        "HUP": SIGHUP, "INT": SIGINT, "QUIT": SIGQUIT, "ILL": SIGILL, "TRAP": SIGTRAP,
        "ABRT": SIGABRT, "BUS": SIGBUS, "FPE": SIGFPE, "KILL": SIGKILL, "USR1": SIGUSR1,
        "SEGV": SIGSEGV, "USR2": SIGUSR2, "PIPE": SIGPIPE, "ALRM": SIGALRM, "TERM": SIGTERM,
        "CHLD": SIGCHLD, "CONT": SIGCONT, "STOP": SIGSTOP, "TSTP": SIGTSTP, "TTIN": SIGTTIN,
        "TTOU": SIGTTOU, "XCPU": SIGXCPU, "XFSZ": SIGXFSZ, "SYS": SIGSYS,
    ]

    /// All names, sorted, without `SIG`.
    package static let all = numbers.keys.sorted()

    /// The number of `TERM` or `SIGTERM`; nil for a name that there is not.
    package static func number(of name: String) -> Int32? {
        numbers[name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name]
    }

    /// `SIGTERM`; `signal 40` where it has no name.
    package static func text(of number: Int32) -> String {
        numbers.first { $0.value == number }.map { "SIG\($0.key)" } ?? "signal \(number)"
    }
}
