internal import ArgumentParser
internal import Engine
internal import Platform

struct AskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask the server of a study for a trial, for shell scripts.",
        discussion: """
            Prints variables: after eval "$(mohpo-lua ask STUDY)" there are trial, resource, dir, and \
            arg_NAME for each argument. Waits while there may be a trial later, and ends with 3 when \
            there are no more. mohpo-lua tell reports the results.
            """)

    @OptionGroup var server: ServerArgument

    @Option(
        help: ArgumentHelp(
            "Seconds without a word after which another client gets the trial.",
            valueName: "seconds"))
    var lease = 86_400.0

    @Flag(help: "Print the server's answer, a JSON object, in place of variables.")
    var json = false

    func validate() throws {
        guard lease > 0, lease <= 1e9 else {
            throw ValidationError("--lease: expected seconds above 0, got \(lease)")
        }
    }

    func run() {
        orFail {
            let client = try StudyClient(server.study)
            while true {
                let answer = try client.request(["ask": .integer(1), "lease": .real(lease)])
                guard answer["trial"] == nil else {
                    let text = json ? answer.written + "\n" : AskedText.variables(of: answer)
                    return try Terminal.printResult(text)
                }
                guard let seconds = Self.wait(answer) else { quit(ExitStatus.noMore) }
                usleep(UInt32(1e6 * min(max(seconds, 0.01), 10)))
            }
        }
    }

    /// Seconds after which there may be a trial; nil: there is none any more.
    private static func wait(_ answer: JSON) -> Double? {
        switch answer["wait"] {
        case .real(let seconds): seconds
        case .integer(let seconds): Double(seconds)
        default: nil
        }
    }
}
