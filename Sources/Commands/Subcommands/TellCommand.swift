internal import ArgumentParser
internal import Engine

struct TellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tell",
        abstract: "Tell the server of a study the results of a trial, for shell scripts.",
        discussion: """
            mohpo-lua tell STUDY 7 epoch=3 accuracy=0.91 reports, and prints go, stop, or paused: ask \
            may give the trial again. Why it has stopped goes to standard error.
            """)

    @OptionGroup var server: ServerArgument

    @Argument(help: "The trial, as ask has printed it.")
    var trial: String

    @Argument(help: ArgumentHelp("The report: name=value.", valueName: "metric"))
    var metrics: [String] = []

    @Option(
        help: ArgumentHelp(
            "The trial's directory now holds what to continue from after this resource.",
            valueName: "resource"))
    var checkpoint: Int?

    @Flag(help: "The trial is complete.")
    var done = false

    @Option(help: ArgumentHelp("The trial has failed.", valueName: "why"))
    var fail: String?

    @Flag(help: "The trial is still worked at.")
    var heartbeat = false

    func validate() throws {
        _ = try ToldWords.holder(trial)
        _ = try ToldWords.fields(metrics)
        guard !(done && fail != nil) else {
            throw ValidationError("tell: expected --done or --fail, got both")
        }
        guard !metrics.isEmpty || checkpoint != nil || done || fail != nil || heartbeat else {
            throw ValidationError(
                "tell: expected a report, as epoch=3, or --checkpoint, --done, --fail, --heartbeat")
        }
    }

    func run() {
        orFail {
            let client = try StudyClient(server.study)
            let holder = try ToldWords.holder(trial)
            for (verb, value) in try requests {
                let answer = try client.request(holder.merging([verb: value]) { _, told in told })
                guard try show(answer, isReport: verb == "report") else { return }
            }
        }
    }

    /// What is told, in this order.
    private var requests: [(verb: Name, value: JSON)] {
        get throws {
            var requests: [(Name, JSON)] = heartbeat ? [("heartbeat", .integer(1))] : []
            if !metrics.isEmpty {
                requests.append(("report", .object(try ToldWords.fields(metrics))))
            }
            if let checkpoint { requests.append(("checkpoint", .integer(checkpoint))) }
            if done { requests.append(("done", .boolean(true))) }
            if let fail { requests.append(("fail", .text(fail))) }
            return requests
        }
    }

    /// Prints what becomes of the trial.
    ///
    /// - Returns: whether there is more to tell of it.
    private func show(_ answer: JSON, isReport: Bool) throws -> Bool {
        let words: [Name] = ["stop", "paused", "go"]
        guard let word = words.first(where: { answer[$0] == .boolean(true) }) else { return true }
        // What is told behind the last report of a study comes late, and needs no answer.
        if isReport || heartbeat {
            if case .text(let why)? = answer["why"] {
                standardError("mohpo-lua: trial \(trial): \(why)")
            }
        }
        if isReport { try Terminal.printResult("\(word)\n") }
        return word == "go"
    }
}
