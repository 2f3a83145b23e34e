internal import ArgumentParser

struct FrontCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "front", abstract: "Print a stored study and its front.")

    @OptionGroup var argument: StudyArgument

    @Option(help: "table, json or csv.")
    var format = ResultFormat.table

    func run() { argument.show(isOverview: true) { try format.print([$0.view]) } }
}
