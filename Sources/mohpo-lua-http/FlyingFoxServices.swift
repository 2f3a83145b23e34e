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
        let (site, key) = try site(of: request)
        let server = try PageServer(
            address: request.address, port: request.port, site: site, key: key)
        SystemThread.start { site.follow() }
        try await server.run { address in
            orFail { try Terminal.printResult("\(address)\n") }
        }
    }

    /// The pages, and what their requests to a run have to know.
    private func site(of request: WatchRequest) throws -> (any FollowedSite, key: String?) {
        switch request.subject {
        case .studies(let place):
            let site = try CatalogSite(of: place)
            return (site, site.key)
        case .study(let path):
            let site = StudySite(WatchedStudy(path: path), title: request.title)
            return (site, site.key)
        case .studiesOfARun:
            let site = StudySite(Self.studiesOfARun(), title: request.title)
            return (site, site.key)
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
}
