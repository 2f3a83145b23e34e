internal import ArgumentParser
internal import LivePage
internal import Platform
internal import Rendering
internal import Storage

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Serve the page of a study, which follows it while it runs.",
        discussion: """
            Prints the page's address. The study is only read, and never waits. On an address other \
            than loopback the page's address holds a token, without which nothing is served. Ctrl-C \
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
            let study = try watchedStudy()
            let page = StudyPage(title: argument.study, source: .server).html
            let server = try PageServer(
                address: address, port: port, page: page, feed: study.feed)
            SystemThread.start {
                study.follow()
                Self.sayGoodbye(study.feed)
            }
            try await server.run { address in
                orFail { try Terminal.printResult("\(address)\n") }
            }
        } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
    }

    private func watchedStudy() throws -> WatchedStudy {
        guard argument.study == Self.studiesOfARun else {
            let (path, notice) = try StudyPath.find(argument.study, in: StoredStudy.folder)
            if let notice { standardError("mohpo-lua: \(notice)") }
            return WatchedStudy(path: path)
        }
        // It ends when its run has, however that ends, and then has something left to do.
        signal(SIGTERM, SIG_IGN)
        let study = WatchedStudy(path: nil)
        SystemThread.start {
            while let path = nextLine(from: STDIN_FILENO) { study.show(path: path) }
            study.end()
        }
        return study
    }

    /// Ends the program when pages have what was published last, or have had time to take it.
    private static func sayGoodbye(_ feed: PageFeed) {
        for _ in 0..<40 where feed.readers > 0 { usleep(50_000) }
        quit(ExitStatus.done)
    }
}
