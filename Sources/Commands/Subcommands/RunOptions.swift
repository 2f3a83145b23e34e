internal import ArgumentParser
internal import Engine
internal import LuaHost
internal import PostgresStorage
internal import Settings

/// The options of `run`; each wins over the script's own.
struct RunOptions: ParsableArguments {
    @Option(setting: "parallel") var parallel: SettingWord?
    @Option(setting: "workers") var workers: SettingWord?
    @Option(setting: "slots") var slots: SettingWord?
    @Option(setting: "seed") var seed: SettingWord?
    @Option(setting: "trials") var trials: SettingWord?
    @Option(setting: "budget") var budget: SettingWord?
    @Option(setting: "max-t") var maxT: SettingWord?
    @Option(setting: "time-out") var timeOut: SettingWord?
    @Option(setting: "memory-limit") var memoryLimit: SettingWord?

    @Flag(setting: "sandbox") var sandbox = false
    @Option(setting: "study", parsing: .next) var study: SettingWord?
    @Flag(setting: "resume") var resume = false
    @Flag(setting: "extend") var extend = false
    @Option(setting: "durability", parsing: .next) var durability: SettingWord?

    @Option(
        help: ArgumentHelp(
            "With a database: make the trials' own directories below this one; by default studies.",
            valueName: "path"))
    var dir: String?

    func validate() throws {
        guard resume || !extend else {
            throw ValidationError("--extend: expected --resume beside it")
        }
        guard study?.text.isEmpty != true else {
            throw ValidationError("--study: expected a path or memory, got an empty text")
        }
        let location = study.map { StudyLocation(toWrite: $0.text) }
        if case .server(let text) = location {
            try validate(server: text)
        } else {
            try validateWithoutServer()
        }
        guard !resume || location != .memory else {
            throw ValidationError("--resume: expected a study in a file, got --study memory")
        }
        for word in words { try word.validate() }
    }

    private func validateWithoutServer() throws {
        let given = [slots.map { _ in "--slots" }, dir.map { _ in "--dir" }].compactMap(\.self)
        guard let option = given.first else { return }
        throw ValidationError(
            "\(option): expected --study postgres://HOST/DATABASE beside it, got "
                + (study.map { "--study \($0.text)" } ?? "none"))
    }

    private func validate(server text: String) throws {
        guard !sandbox else {
            throw ValidationError(
                "--study: expected a path or memory, got a PostgreSQL server, which a script in the "
                    + "sandbox cannot be kept on")
        }
        do { _ = try ServerAddress(text) } catch {
            throw ValidationError("--study: \(error)")
        }
    }

    /// Checks that a command which begins studies is given a place for them.
    func validateNewStudy() throws {
        guard let study, !resume, case .server(let text) = StudyLocation(toWrite: study.text),
            Self.validated(text).study != nil
        else { return }
        throw ValidationError(
            "--study: expected a database, got a study of one; --resume continues it")
    }

    /// The settings that were given.
    private var words: [SettingWord] {
        [
            parallel, workers, slots, seed, trials, budget, maxT, timeOut, memoryLimit, durability,
        ]
        .compactMap(\.self)
    }

    var settings: RunSettings {
        var settings = RunSettings(words)
        settings.isSandboxed = sandbox
        if sandbox { settings.memoryLimit = settings.memoryLimit ?? MemorySize.ofSandbox }
        settings.isInterruptible = true
        settings.place = place
        settings.directory = dir
        settings.resumes = resume
        settings.extends = extend
        settings.programVersion = ProgramVersion.current
        return settings
    }

    private static func validated(_ text: String) -> ServerAddress {
        guard let address = try? ServerAddress(text) else {
            preconditionFailure("validate() refuses what is no address")
        }
        return address
    }

    private var place: RunSettings.Place {
        guard let study = study?.text else { return .folder("studies") }
        return switch StudyLocation(toWrite: study) {
        case .memory: .memory
        case .server(let text): .server(Self.validated(text))
        case .file, .name: .file(study)
        }
    }
}
