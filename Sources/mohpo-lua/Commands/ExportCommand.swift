internal import ArgumentParser
internal import LuaHost

extension StoredStudy.Format: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a stored study for other programs.",
        discussion: """
            jsonl: the events, one a line. csv: all reports. optuna: a journal that Optuna's \
            JournalStorage opens.
            """)

    @OptionGroup var argument: StudyArgument

    @Option(help: "jsonl, csv or optuna.")
    var format: StoredStudy.Format

    @Option(
        help: ArgumentHelp("The file to write; else it is printed.", valueName: "file"),
        completion: .file())
    var output: String?

    func run() {
        argument.show(keepsEvents: format == .jsonl) { stored in
            let text = try stored.exported(as: format)
            guard let output else {
                print(text, terminator: "")
                return
            }
            try StoredStudy.write(text, to: output)
        }
    }
}
