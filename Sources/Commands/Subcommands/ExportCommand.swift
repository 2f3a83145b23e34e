internal import ArgumentParser
internal import Results

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a stored study for other programs.",
        discussion: """
            jsonl: the events, one a line. json: the study, its trials, reports, decisions and \
            front as one object. csv: all reports. optuna: a journal that Optuna's JournalStorage \
            opens.
            """)

    /// What `--format` knows.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case jsonl, json, csv, optuna
    }

    @OptionGroup var argument: StudyArgument

    @Option(help: "jsonl, json, csv or optuna.")
    var format: Format

    @Option(
        help: ArgumentHelp("The file to write; else it is printed.", valueName: "file"),
        completion: .file())
    var output: String?

    func run() {
        argument.show(keepsEvents: format == .jsonl) { stored in
            let text =
                ExportFormat(rawValue: format.rawValue).map(stored.view.exported)
                ?? stored.eventLines()
            guard let output else {
                return try Terminal.printResult(text)
            }
            try OutputFile.write(text, to: output)
        }
    }
}
