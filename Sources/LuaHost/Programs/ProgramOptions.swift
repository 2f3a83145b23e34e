internal import Platform
internal import Running
internal import Settings

// The options of programs. A field that is nil was not given.

/// What `ag.command` takes beside the program and its arguments.
struct CommandOptions: SettingOptions {
    var folder: String?
    var reports = "json"
    var log: String?
    var pause: ProgramSpec.Pause?
    var suspendedLimit: Int?

    static let settings: [Setting<CommandOptions>] = [
        ProgramSettings.environment(),
        ProgramSettings.folder(\.folder),
        Setting(
            "reports", \.reports, is: .text, type: "`\"json\"`, or a Lua pattern with names",
            help: "which printed lines are reports"),
        Setting(
            "log", \.log, is: .text, type: "path", standard: "`\"{dir}/log.txt\"`",
            help: "where all else goes that it writes, appended"),
        Setting(
            "stop", type: "table", standard: "`{ signal = \"TERM\", kill_after = 10 }`",
            help: "how it is ended: the signal, and the seconds until SIGKILL"),
        Setting(
            "pause", \.pause, is: .choice,
            standard: "`\"suspend\"`; `\"restart\"` where `{slot}` is used",
            help: "what becomes of it while its trial is paused"),
        Setting(
            "max_suspended", \.suspendedLimit, is: .integer(atLeast: 0), standard: "2 × slots",
            help: "how many programs stay suspended"),
    ]
}

/// What `stop` of `ag.command` takes.
struct EndingOptions: SettingOptions {
    var signal = "TERM"
    var killAfter = 10.0

    static let settings: [Setting<EndingOptions>] = [
        Setting("signal", \.signal, is: .signal, help: "what it is sent first"),
        ProgramSettings.killAfter(\.killAfter),
    ]
}

/// What `ag.spawn` takes beside the program and its arguments.
struct SpawnOptions: SettingOptions {
    /// What its standard input is.
    enum Input: String, CaseIterable { case pipe, null }
    /// Where its standard error goes.
    enum Errors: String, CaseIterable { case inherit, null }

    var folder: String?
    var input = Input.null
    var errors = Errors.inherit
    var killAfter = 10.0

    static let settings: [Setting<SpawnOptions>] = [
        ProgramSettings.environment(),
        ProgramSettings.folder(\.folder),
        Setting(
            "stdin", \.input, is: .choice,
            help: "its standard input: what the script writes, or nothing"),
        Setting(
            "stderr", \.errors, is: .choice,
            help: "its standard error: that of `mohpo-lua`, or nowhere"),
        ProgramSettings.killAfter(\.killAfter),
    ]
}

/// Settings that several tables of programs have.
enum ProgramSettings {
    static func environment<Options>() -> Setting<Options> {
        Setting(
            "env", type: "table", standard: "`{}`",
            help: "variables besides those of `mohpo-lua`; `false` takes one away")
    }

    static func folder<Options: SettingOptions>(
        _ field: any WritableKeyPath<Options, String?> & Sendable
    ) -> Setting<Options> {
        Setting(
            "cwd", field, is: .text, type: "path", standard: "that of `mohpo-lua`",
            help: "the working directory")
    }

    static func killAfter<Options: SettingOptions>(
        _ field: any WritableKeyPath<Options, Double> & Sendable
    ) -> Setting<Options> {
        Setting(
            "kill_after", field, is: .killAfter,
            help: "between the signal that ends it and SIGKILL")
    }
}

extension SettingKind where Value == String {
    /// The name of a signal, with `SIG` before it or without.
    fileprivate static var signal: SettingKind {
        SettingKind(
            type: "name of a signal", text: { "`\"\($0)\"`" },
            read: { given in
                var near: String?
                if case .text(let name) = given {
                    if SignalName.number(of: name) != nil { return .success(name) }
                    near = nearestName(to: name, among: SignalName.all)
                }
                return .failure(
                    SettingProblem(
                        expected: "the name of a signal such as \"\(near ?? "TERM")\"",
                        got: given.shown))
            })
    }
}

extension SettingKind where Value == Double {
    /// Seconds, a day at most.
    fileprivate static var killAfter: SettingKind {
        SettingKind(
            type: "seconds, 0 … 86,400", text: { "\(Int($0))" },
            read: { given in
                guard let seconds = given.asNumber else {
                    return .failure(SettingProblem(expected: "a number", got: given.shown))
                }
                guard seconds >= 0, seconds <= 86_400 else {
                    return .failure(
                        SettingProblem(expected: "seconds from 0 to 86400", got: given.shown))
                }
                return .success(seconds)
            })
    }
}
