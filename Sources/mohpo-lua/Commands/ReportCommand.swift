internal import ArgumentParser
internal import Results

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print what came of a stored study and all its trials, or write it as a page.")

    @OptionGroup var argument: StudyArgument

    @Option(
        help: ArgumentHelp(
            "Write the study as a page (.html), or its plot (.svg), instead.", valueName: "file"),
        completion: .file(extensions: ["html", "svg"]))
    var output: String?

    func validate() throws {
        guard let output, !output.hasSuffix(".html"), !output.hasSuffix(".svg") else { return }
        throw ValidationError(
            "--output: expected a path that ends in .svg or .html, got \"\(output)\"")
    }

    func run() {
        argument.show(isOverview: true) { stored in
            let study = stored.view
            guard let output else {
                let table = study.trialTable(width: Terminal.outputWidth)
                return try Terminal.printResult("\(study.description)\n\n\(table)")
            }
            let text = output.hasSuffix(".svg") ? study.svg : study.page(of: stored.document)
            try OutputFile.write(text, to: output)
        }
    }
}
