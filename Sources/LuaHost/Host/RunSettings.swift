internal import Platform

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
    /// Where studies are kept.
    package enum Place: Hashable, Sendable {
        case memory
        /// A file for each, of the study's name.
        case folder(String)
        case file(String)

        /// The folder that files are made in.
        var directory: String {
            switch self {
            case .memory: "."
            case .folder(let folder): folder
            case .file(let path): PathText.split(path).folder
            }
        }
    }

    /// `--study`.
    package var place = Place.memory
    /// `--resume`: go on with a study that is there.
    package var resumes = false
    /// `--extend`: the definition may be wider than what the study was begun with.
    package var extends = false
    /// `--durability`.
    package var survivesPowerLoss = false
    /// What a study's file says of the program.
    package var programVersion = ""

    /// Declare and validate only: `run` trains nothing and gives an empty study.
    package var isCheck = false

    /// `--memory-limit`: bytes that the script and its native objects may hold; nil: no limit.
    package var memoryLimit: Int?
    /// `--sandbox`: the script came from elsewhere, see ``Sandbox``.
    package var isSandboxed = false
    /// All studies are wanted when the script is done.
    package var keepsStudies = true

    /// `-E`: Lua's own variables of the environment do not count.
    package var ignoresEnvironment = false

    /// Whether an interrupt may reach the script's own code; one host a process.
    package var isInterruptible = false

    package init() {}

    /// When a script in the sandbox is ended wherever it is, in seconds from its start: its studies end
    /// at `timeOut`, so it has a while to say what came of them.
    package var scriptTimeOut: Double? { isSandboxed ? timeOut.map { 1.1 * $0 + 1 } : nil }

    /// Threads for a study of so many slots: more than the slots would only wait.
    func workers(slots: Int) -> Int { workers ?? max(1, min(availableCores(), slots)) }
}
