internal import Engine
internal import Platform
package import PostgresStorage
package import Settings
package import Storage

/// What the command line decides about a run; each wins over the script.
package struct RunSettings: Sendable {
    /// Settings of experiments that were given.
    package var overrides = SettingOverrides()
    /// `--workers`: threads that compute; nil for the cores, at most the slots.
    package var workers: Int?
    /// Where studies are kept.
    package enum Place: Hashable, Sendable {
        case memory
        /// A file for each, of the study's name.
        case folder(String)
        case file(String)
        /// A database of a PostgreSQL server.
        case server(ServerAddress)

        /// The folder that files are made in.
        var directory: String {
            switch self {
            case .memory, .server: "."
            case .folder(let folder): folder
            case .file(let path): PathText.split(path).folder
            }
        }
    }

    /// `--study`.
    package var place = Place.memory
    /// `--slots`: how many trials of a study in a database run in this process; nil: the cores.
    package var slots: Int?
    /// `--dir`: where directories of trials of a study in a database are made; nil: `studies`.
    package var directory: String?
    /// `worker`: the process only joins a study that another one has made.
    package var joinsOnly = false
    /// `--resume`: continue a study that is there.
    package var resumes = false
    /// `--extend`: the definition may be wider than what the study was begun with.
    package var extends = false
    /// `--durability`.
    package var durability = SQLiteJournal.Durability.process
    /// What a study's file says of the program.
    package var programVersion = ""
    /// The command that continues the run; nil where there is none to type.
    package var commandToResume: String?

    /// Trials are given to clients in place of the script's `train`; nil: they are not.
    package var serving: Serving?

    /// Users may stop trials, and add configurations, while the script runs its experiments.
    package var isControlled = false

    /// Declare and validate only: `run` trains nothing and gives an empty study.
    package var isCheck = false

    /// `--memory-limit`: bytes that the script and its native objects may hold; nil: no limit.
    package var memoryLimit: Int?
    /// `--sandbox`: see ``Sandbox``.
    package var isSandboxed = false
    /// All studies are wanted when the script is done.
    package var keepsStudies = true

    /// `-E`: Lua's own variables of the environment do not count.
    package var ignoresEnvironment = false

    /// Whether an interrupt may reach the script's own code; one host a process.
    package var isInterruptible = false

    /// The defaults.
    package init() {}

    /// A script's options, with what the command line gives in their place.
    func applied<Options: SettingOptions>(to options: Options) -> Options {
        overrides.applied(to: options)
    }

    /// `--seed`, which the script's own random numbers follow from, too.
    var seed: Int { applied(to: StudyOptions()).seed }

    /// Whether the user has said how many threads there are, or how many slots.
    var choosesThreads: Bool { overrides["parallel"] != nil || workers != nil }

    /// When a script in the sandbox is ended wherever it is, in seconds from its start: its studies end
    /// at `timeOut`, so it has a while to say what came of them.
    package var scriptTimeOut: Double? {
        guard isSandboxed else { return nil }
        return applied(to: ExperimentOptions()).timeOut.map { 1.1 * $0 + 1 }
    }

    /// Threads for a study of so many slots: more than the slots would only wait.
    func workers(slots: Int) -> Int { workers ?? max(1, min(availableCores(), slots)) }
}

extension RunSettings: SettingOptions {
    /// What the command line takes: key, type, bounds, default and help of each.
    package static let settings = computing + storing

    private static let computing: [Setting<RunSettings>] = [
        Setting(
            "workers", \.workers, is: .integer(atLeast: 1, atMost: 1024),
            option: CommandOption("workers"),
            help: "threads that compute; by default the cores, at most the slots",
            details: "at most 1024. Has no influence on the search"),
        Setting(
            "slots", \.slots, is: .integer(atLeast: 0, atMost: 4096),
            option: CommandOption("slots"),
            help:
                "with a database: trials that run at a time in this process; by default its cores",
            details: "at most 4096. With 0 the process only decides"),
        Setting(
            "memory_limit", \.memoryLimit, is: .memorySize,
            option: CommandOption("memory-limit", "size"),
            help: "what the script, its data sets and its networks may hold: `512M`, `2G`, bytes",
            details: "at least 1M. Beyond it the networks of paused trials go to a temporary file; "
                + "what does not fit all the same is the error `not enough memory`. "
                + "No limit by default"),
        Setting(
            "sandbox", \.isSandboxed, is: .boolean, option: CommandOption("sandbox", nil),
            help: "for a script from elsewhere: no files but below the working directory, no "
                + "programs, no machine code, and `--memory-limit` (2G) and `--time-out` are enforced",
            details: "see [what it forbids and leaves](host-guarantees.md#the-sandbox)"),
    ]

    private static let storing: [Setting<RunSettings>] = [
        Setting(
            "study", type: "path", option: CommandOption("study", "path"),
            help: "the study's file; `postgres://HOST/DATABASE`; or `memory` to keep none. "
                + "By default `studies/NAME.db`, or `NAME-2.db` and so on",
            details: "A second experiment of the script gets `PATH` with `-2`. A database is for "
                + "[studies in PostgreSQL](scale-out.md)"),
        Setting(
            "resume", \.resumes, is: .boolean, option: CommandOption("resume", nil),
            help: "continue the study of `--study`, else the newest of the experiment's name",
            details: "see [Studies](studies.md#resuming)"),
        Setting(
            "extend", \.extends, is: .boolean, option: CommandOption("extend", nil),
            help: "with `--resume`: more trials, a larger `max_t`, other ranges or new parameters"),
        Setting(
            "durability", \.durability, is: .choice,
            option: CommandOption("durability", "durability"),
            help:
                "what kept reports survive: `process` (any end of the program), `power` (its loss)"
        ),
    ]

    /// The settings that the command line offers of a run's experiments, with their values.
    package static let offeredSettings =
        ExperimentOptions.offered() + HyperbandOptions.offered()
        + offered(of: computing, isForCommandLineAlone: true)

    /// Those that say where studies are kept.
    package static let offeredForStudies = offered(of: storing, isForCommandLineAlone: true)
}
