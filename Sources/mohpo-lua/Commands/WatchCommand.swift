internal import ArgumentParser
internal import LivePage
internal import Results

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Serve the page of a study, which follows it while it runs.",
        discussion: """
            Prints the page's address. The study is only read, and never waits. On an address other \
            than loopback the page's address holds a token, without which nothing is served. Ctrl-C \
            ends it.
            """)

    @OptionGroup var argument: StudyArgument

    @Option(help: ArgumentHelp("The port; 0 for one that is free.", valueName: "n"))
    var port: UInt16 = 8642

    @Option(help: ArgumentHelp("The IP address to listen on.", valueName: "address"))
    var address = "127.0.0.1"

    func run() async throws {
        do {
            let study = try WatchedStudy(argument.study)
            let server = try PageServer(
                address: address, port: port, page: study.emptyPage, feed: study.feed)
            let following = Task.detached { await study.follow() }
            defer { following.cancel() }
            try await server.run { address in
                orFail { try Terminal.printResult("\(address)\n") }
            }
        } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
    }
}
