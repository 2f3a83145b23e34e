internal import ArgumentParser
internal import Engine
internal import LuaHost

/// The options of `run`; each wins over the script's own.
struct RunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Slots of the study (parallel_trials).", valueName: "n"))
    var parallel: Int?

    @Option(help: ArgumentHelp("Threads that compute; by default the cores.", valueName: "n"))
    var workers: Int?

    @Option(help: ArgumentHelp("The seed of the search.", valueName: "n"))
    var seed: Int?

    @Option(help: ArgumentHelp("How many trials to run (num_trials).", valueName: "n"))
    var trials: Int?

    @Option(help: ArgumentHelp("The most resource a trial may use (max_t).", valueName: "n"))
    var maxT: Int?

    @Option(help: ArgumentHelp("Seconds after which the search ends.", valueName: "seconds"))
    var timeOut: Double?

    @Option(
        help: ArgumentHelp(
            "The most memory that the script and its data sets and networks may hold: 512M, 2G.",
            valueName: "size"),
        transform: MemorySize.init(_:))
    var memoryLimit: MemorySize?

    @Flag(
        help: """
            For a script from elsewhere: no files but below the working directory, no programs, no \
            machine code, and --memory-limit (2G) and --time-out are enforced.
            """)
    var sandbox = false

    @Option(
        help: ArgumentHelp(
            "The study's file; \"memory\" to keep none. By default studies/NAME.db, or NAME-2.db …",
            valueName: "path"))
    var study: String?

    @Flag(help: "Go on with the study: of --study, else the newest of the experiment's name.")
    var resume = false

    @Flag(help: "With --resume: more trials, a larger max_t or a wider space than it began with.")
    var extend = false

    @Option(help: "What kept reports survive: process (any end of the program), power (its loss).")
    var durability: DurabilityOption = .process

    func validate() throws {
        guard resume || !extend else {
            throw ValidationError("--extend: expected --resume beside it")
        }
        let location = study.map { StudyLocation(toWrite: $0) }
        if case .server = location {
            throw ValidationError(
                "--study: expected a path or memory, got a PostgreSQL server: no study can be kept "
                    + "there yet")
        }
        guard !resume || location != .memory else {
            throw ValidationError("--resume: expected a study in a file, got --study memory")
        }
        let counts = [
            ("parallel", parallel), ("workers", workers), ("trials", trials), ("max-t", maxT),
        ]
        for (name, value) in counts {
            guard value ?? 1 >= 1 else {
                throw ValidationError("--\(name): expected an integer of at least 1, got \(value!)")
            }
        }
        if let workers, workers > 1024 {
            throw ValidationError("--workers: expected at most 1024 threads, got \(workers)")
        }
        guard timeOut ?? 1 > 0, timeOut?.isFinite ?? true else {
            throw ValidationError(
                "--time-out: expected a number of seconds above 0, got \(timeOut!)")
        }
    }

    var settings: RunSettings {
        var settings = RunSettings()
        settings.slots = parallel
        settings.workers = workers
        settings.seed = seed
        settings.trialLimit = trials
        settings.maxResource = maxT
        settings.timeOut = timeOut
        settings.isSandboxed = sandbox
        settings.memoryLimit = (memoryLimit ?? (sandbox ? .ofSandbox : nil))?.bytes
        settings.isInterruptible = true
        settings.place =
            study.map { StudyLocation(toWrite: $0) == .memory ? .memory : .file($0) }
            ?? .folder("studies")
        settings.resumes = resume
        settings.extends = extend
        settings.survivesPowerLoss = durability == .power
        settings.programVersion = ProgramVersion.current
        return settings
    }
}

/// What `--durability` knows.
enum DurabilityOption: String, ExpressibleByArgument, CaseIterable {
    case process, power
}
