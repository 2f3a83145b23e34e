internal import ArgumentParser

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell rung by rung why a trial of a stored study continued or stopped.")

    @OptionGroup var argument: StudyArgument

    @Argument(help: "The number of the trial.")
    var trial: Int

    func run() { argument.show { try Terminal.printResult($0.explanation(of: trial) + "\n") } }
}
