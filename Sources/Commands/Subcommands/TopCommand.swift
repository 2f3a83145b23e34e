internal import ArgumentParser
internal import Engine
internal import LuaHost
internal import Platform
internal import Results

struct TopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Show the running trials, the rungs and the front of a study while it runs.",
        discussion: """
            The study is only read, and never waits. q and Ctrl-C end it, as does the end of the study. \
            Where standard output is no terminal, and for a study that does not run, it prints once.
            """)

    @OptionGroup var argument: StudyArgument

    @Option(help: ArgumentHelp("Seconds between two looks at the study.", valueName: "seconds"))
    var interval = 1.0

    func validate() throws {
        guard interval >= 0.1, interval <= 3600 else {
            throw ValidationError("--interval: expected 0.1 to 3600 seconds, got \(interval)")
        }
    }

    func run() {
        orFail {
            let (follower, notice) = try KeptFollower.find(
                argument.study, in: StoredStudy.folder)
            if let notice { standardError("mohpo-lua: \(notice)") }
            guard let study = try follower.read(), study.eventCount > 0 else {
                throw StudyFailure(
                    "\(follower.place): the study has not begun, it has no events")
            }
            if let damage = study.damage { standardError("mohpo-lua: warning: \(damage)") }
            var view = try study.view
            if Terminal.standardOutputIsTerminal, view.status == .running {
                view = try follow(follower, from: view)
            }
            let lines = view.overview(width: Terminal.outputWidth)
            try Terminal.printResult(lines.joined(separator: "\n") + "\n")
            quit(ExitStatus.done)
        }
    }

    /// Shows a study as long as it runs.
    ///
    /// - Returns: what it was last.
    private func follow(_ follower: KeptFollower, from first: StudyView) throws -> StudyView {
        let screen = Screen()
        defer { screen.close() }
        SignalRelay.start { signal in
            screen.close()
            quit(signal == SIGTERM ? ExitStatus.terminated : ExitStatus.interrupted)
        }
        var view = first
        while view.status == .running {
            screen.paint(view.overview(width: Terminal.outputWidth, height: Terminal.outputHeight))
            if screen.waits(seconds: interval) { break }
            if let study = try follower.read() { view = try study.view }
        }
        return view
    }
}
