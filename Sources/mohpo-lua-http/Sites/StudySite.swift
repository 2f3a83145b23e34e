internal import Commands
internal import HTTPListening
internal import LivePage
internal import Platform
internal import Rendering

/// The page of one study, or of the studies of a run one after the other.
struct StudySite: FollowedSite {
    private let study: WatchedStudy
    private let html: String
    private let control: PageControl?
    /// What requests to the run have to know; nil where it takes none.
    var key: String? { control?.key }

    init(_ study: WatchedStudy, title: String) {
        self.study = study
        html = StudyPage(title: title, source: .server).html
        control = Self.control(of: study)
    }

    func page(
        at path: String, query: [(name: String, value: String)]
    ) async throws(RequestRefusal) -> SitePage {
        guard path == "/" else { throw RequestRefusal(404, "there is / alone") }
        return SitePage(feed: study.feed, control: control) { [html] in html }
    }

    func follow() {
        study.follow()
        // Ends the program when pages have what was published last, or have had time to take it.
        for _ in 0..<200 where study.feed.readers > 0 { usleep(50_000) }
        quit(ExitStatus.done)
    }

    /// What pages may ask of the study's run; nil where there is none that takes requests.
    private static func control(of study: WatchedStudy) -> PageControl? {
        if let path = study.path, !PageControl.isOffered(byRunOf: path) { return nil }
        return PageControl(ofRunOf: { study.path })
    }
}
