internal import ArgumentParser

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Work out every decision of a stored study again, and compare.",
        discussion: """
            Every start, decision and promotion is worked out from the events before it. Where one \
            comes out otherwise it is printed, and the exit code is 1, as it is where the file is \
            damaged: then nobody knows what the rest was.
            """)

    @OptionGroup var argument: StudyArgument

    func run() {
        argument.show(keepsEvents: true) { stored in
            let (text, agrees) = try stored.replay()
            try Terminal.printResult(text + "\n")
            if !agrees || stored.damage != nil { quit(ExitStatus.failed) }
        }
    }
}
