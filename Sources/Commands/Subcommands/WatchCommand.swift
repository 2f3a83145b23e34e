internal import ArgumentParser
internal import LuaHost

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Serve the page of a study, which follows it while it runs.",
        discussion: """
            Prints the page's address. The study is only read, and never waits. Where its run takes \
            requests, the address holds a key, with which the page can stop trials and add some. On an \
            address other than loopback it holds a token, without which nothing is served. Ctrl-C \
            ends it.
            """)

    /// In place of a study: those whose paths come on standard input, one a line, with whose end it
    /// ends. `run --watch` starts it so.
    static let studiesOfARun = "-"

    @OptionGroup var argument: StudyArgument

    @Option(
        help: ArgumentHelp(
            """
            The port; 0 for one that is free. By default 8642, or one that is free where another \
            program has that.
            """, valueName: "n"))
    var port: UInt16?

    @Option(help: ArgumentHelp("The IP address to listen on.", valueName: "address"))
    var address = "127.0.0.1"

    func run() async throws {
        do {
            let services = try HTTPProgram.services()
            try await services.watch(
                WatchRequest(
                    path: try path(), title: argument.study, address: address, port: port))
        } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
    }

    /// The study's; nil for those of a run.
    private func path() throws -> String? {
        guard argument.study != Self.studiesOfARun else { return nil }
        let (follower, notice) = try KeptFollower.find(argument.study, in: StoredStudy.folder)
        if let notice { standardError("mohpo-lua: \(notice)") }
        return follower.place
    }
}
