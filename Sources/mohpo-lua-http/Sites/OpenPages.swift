internal import HTTPListening
internal import LivePage
internal import Platform
internal import Rendering
internal import Synchronization

/// The studies of a catalog whose pages are open. Each is followed while a page shows it, and a while
/// longer.
final class OpenPages: Sendable {
    private struct Page {
        let study: WatchedStudy
        var asked: ContinuousClock.Instant
    }

    private let key: String
    private let pages = Mutex<[String: Page]>([:])

    /// So many studies are followed at a time.
    private static let limit = 32
    /// How long a study is followed that no page shows.
    private static let patience = Duration.seconds(30)

    /// - Parameter key: what requests to runs have to know.
    init(key: String) { self.key = key }

    /// The page of a study, which is followed from now on.
    ///
    /// - Throws: `RequestRefusal` where too many are followed.
    func page(of id: String, at place: String) throws(RequestRefusal) -> SitePage {
        let study = try study(id, at: place)
        return SitePage(
            feed: study.feed, control: PageControl(ofRunOf: { study.path }, key: key)
        ) {
            StudyPage(title: id, source: .server, home: "../../").html
        }
    }

    private func study(_ id: String, at place: String) throws(RequestRefusal) -> WatchedStudy {
        closeUnwatched()
        let (study, isNew) = try pages.withLock {
            pages throws(RequestRefusal) -> (WatchedStudy, isNew: Bool) in
            if let page = pages[id], page.study.path == place {
                pages[id]?.asked = .now
                return (page.study, false)
            }
            guard pages.count < Self.limit else {
                throw RequestRefusal(503, "pages of \(Self.limit) studies are open: close some")
            }
            let study = WatchedStudy(path: place)
            pages[id] = Page(study: study, asked: .now)
            return (study, true)
        }
        if isNew { SystemThread.start { study.follow() } }
        return study
    }

    /// Follows studies no more that no page shows.
    func closeUnwatched() {
        let now = ContinuousClock.now
        let closed = pages.withLock { pages in
            let closed = pages.filter { _, page in
                page.study.feed.readers == 0 && now - page.asked > Self.patience
            }
            for id in closed.keys { pages[id] = nil }
            return closed.values.map(\.study)
        }
        for study in closed { study.end() }
    }
}
