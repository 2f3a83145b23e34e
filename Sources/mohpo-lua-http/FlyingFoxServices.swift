internal import Commands
internal import HTTPServing
internal import LivePage
internal import Platform
internal import Rendering
internal import Running

/// HTTP by FlyingFox.
struct FlyingFoxServices: HTTPServices {
    func door(address: String, port: UInt16, tokenFile: String) -> any AskDoor {
        HTTPDoor(address: address, port: port, tokenFile: tokenFile)
    }

    func watch(_ request: WatchRequest) async throws {
        let study = request.path.map(WatchedStudy.init(path:)) ?? Self.studiesOfARun()
        let page = StudyPage(title: request.title, source: .server).html
        let server = try PageServer(
            address: request.address, port: request.port, page: page, feed: study.feed,
            control: Self.control(of: study))
        SystemThread.start {
            study.follow()
            Self.sayGoodbye(study.feed)
        }
        try await server.run { address in
            orFail { try Terminal.printResult("\(address)\n") }
        }
    }

    private static func studiesOfARun() -> WatchedStudy {
        // It ends when its run has, however that ends, and then has something left to do.
        signal(SIGTERM, SIG_IGN)
        let study = WatchedStudy(path: nil)
        SystemThread.start {
            while let path = nextLine(from: STDIN_FILENO) { study.show(path: path) }
            study.end()
        }
        return study
    }

    /// What pages may ask of the study's run; nil where there is none that takes requests.
    private static func control(of study: WatchedStudy) -> PageControl? {
        if let path = study.path, !PageControl.isOffered(byRunOf: path) { return nil }
        return PageControl(ofRunOf: { study.path })
    }

    /// Ends the program when pages have what was published last, or have had time to take it.
    private static func sayGoodbye(_ feed: PageFeed) {
        for _ in 0..<40 where feed.readers > 0 { usleep(50_000) }
        quit(ExitStatus.done)
    }
}
