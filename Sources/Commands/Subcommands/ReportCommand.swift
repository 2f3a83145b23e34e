internal import ArgumentParser
internal import Results

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print the results of stored studies, or write them as a page or a picture.",
        discussion: """
            One study: its results and all its trials, or its page (.html), or a picture of it \
            (.svg). Several, up to five, of the same objectives: a comparison.
            """)

    @Argument(
        help: "The studies: a file each; or a name, which means the newest study of that name.",
        completion: .file(extensions: ["db"]))
    var studies: [String]

    @Option(
        help: ArgumentHelp(
            "Write a page (.html) or a picture (.svg) instead.", valueName: "file"),
        completion: .file(extensions: ["html", "svg"]))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "What the picture shows: \(StudyPlot.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "view"),
        completion: .list(StudyPlot.allCases.map(\.rawValue)))
    var view: String?

    func validate() throws {
        if let output, !output.hasSuffix(".html"), !output.hasSuffix(".svg") {
            throw ValidationError(
                "--output: expected a path that ends in .svg or .html, got \"\(output)\"")
        }
        guard let view else { return }
        let plot: StudyPlot
        do { plot = try StudyPlot(named: view) } catch {
            throw ValidationError("--view: \(error)")
        }
        guard output?.hasSuffix(".svg") == true else {
            throw ValidationError(
                "--view: expected --output with a path that ends in .svg, got "
                    + (output.map { "\"\($0)\", which has all views" } ?? "none"))
        }
        guard studies.count == 1 || StudyComparison.plots.contains(plot) else {
            let names = StudyComparison.plots.map { "\"\($0.rawValue)\"" }
            throw ValidationError(
                "--view: expected \(names.joined(separator: " or ")) of several studies, "
                    + "got \"\(view)\"")
        }
    }

    private var plot: StudyPlot { view.flatMap(StudyPlot.init(rawValue:)) ?? .front }

    func run() {
        StudyArgument.show(studies, isOverview: true) { stored in
            let text = try stored.count == 1 ? text(of: stored[0]) : comparison(of: stored)
            guard let output else { return try Terminal.printResult(text) }
            try OutputFile.write(text, to: output)
        }
    }

    private func text(of stored: StoredStudy) -> String {
        guard let output else {
            let table = stored.view.trialTable(width: Terminal.outputWidth)
            return "\(stored.view.description)\n\n\(table)"
        }
        return output.hasSuffix(".svg")
            ? stored.view.svg(plot) : stored.view.page(of: stored.document)
    }

    private func comparison(of stored: [StoredStudy]) throws -> String {
        let comparison = try StudyComparison(stored.map { (path: $0.path, view: $0.view) })
        guard let output else { return comparison.text }
        return output.hasSuffix(".svg") ? comparison.svg(plot) : comparison.page()
    }
}
