#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The cores this process may run on.
package func availableCores() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// What the command line decides about a run; each wins over the script.
package struct RunSettings: Sendable {
    /// `--parallel`: slots, which are part of what the seed determines.
    package var slots: Int?
    /// `--workers`: threads that compute; nil for the cores, at most the slots.
    package var workers: Int?
    package var seed: Int?
    package var trialLimit: Int?
    /// `--max-t`.
    package var maxResource: Int?
    /// `--time-out`, in seconds.
    package var timeOut: Double?
    /// Declare and validate only: `run` trains nothing and gives an empty study.
    package var isCheck = false

    /// All studies are wanted when the script is done.
    package var keepsStudies = true

    /// `-E`: Lua's own variables of the environment do not count.
    package var ignoresEnvironment = false

    /// Whether an interrupt may reach the script's own code; one host a process.
    package var isInterruptible = false

    package init() {}

    /// Threads for a study of so many slots: more than the slots would only wait.
    func workers(slots: Int) -> Int { workers ?? max(1, min(availableCores(), slots)) }
}
