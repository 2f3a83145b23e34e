internal import ArgumentParser

struct FrontCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "front", abstract: "Print a stored study and its front.")

    @OptionGroup var argument: StudyArgument

    @Option(help: "table, json or csv.")
    var format = ResultFormat.table

    @Option(
        help: ArgumentHelp(
            "Write what the front's reports keep into this folder, which is made.",
            valueName: "folder"),
        completion: .directory)
    var save: String?

    func run() {
        argument.show(isOverview: true) { stored in
            try format.print([stored.view])
            if let save { try stored.saveFront(to: save) }
        }
    }
}
