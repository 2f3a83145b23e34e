internal import Commands
internal import HTTPListening
internal import LivePage
internal import LuaHost
internal import Platform
internal import Rendering
internal import Results
internal import Synchronization

/// The page of all studies of a folder or a database, and below it a page of each, and comparisons.
final class CatalogSite: FollowedSite {
    /// What requests to runs have to know.
    let key = AccessToken.make()
    private let place: String
    private let html: String
    private let feed = PageFeed()
    /// By id, where each study is.
    private let places = Mutex<[String: String]>([:])
    private let pages: OpenPages

    /// - Parameter place: a folder, or `postgres://HOST/DATABASE`.
    /// - Throws: `ServerError` for an address that is none.
    init(of place: String) throws {
        self.place = place
        html = StudyPage(title: "Studies in \(place)", source: .server).html
        pages = OpenPages(key: key)
        _ = try CatalogRows(of: place)
    }

    func page(
        at path: String, query: [(name: String, value: String)]
    ) async throws(RequestRefusal) -> SitePage {
        if path == "/" { return SitePage(feed: feed) { [html] in html } }
        if path == "/compare" {
            let ids = query.filter { $0.name == "study" }.map(\.value)
            let found = try ids.map { id throws(RequestRefusal) in try self.place(of: id) }
            let html = try await Self.comparison(of: found)
            return SitePage { html }
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[1] == "studies", parts[3].isEmpty else {
            throw RequestRefusal(404, "there are /, /studies/ID/ and /compare alone")
        }
        let id = String(parts[2])
        return try pages.page(of: id, at: try self.place(of: id))
    }

    /// An address leads to a study that was listed, and to no other file.
    private func place(of id: String) throws(RequestRefusal) -> String {
        guard let place = places.withLock({ $0[id] }) else {
            throw RequestRefusal(404, "there is no study \(id)")
        }
        return place
    }

    private static func comparison(of places: [String]) async throws(RequestRefusal) -> String {
        do {
            return try await onOwnThread {
                let studies = try places.map { place in
                    guard let study = try KeptFollower(place: place).read(), study.eventCount > 0
                    else { throw StudyFailure("\(place): the study has not begun") }
                    return (path: place, view: try study.view)
                }
                return try StudyComparison(studies).page(home: "./")
            }
        } catch { throw RequestRefusal(400, "\(error)") }
    }

    /// How long one reading of the list is from another; more where it takes long.
    private static let interval = Duration.seconds(1)
    /// About how long files are read at a time.
    private static let slice = Duration.milliseconds(250)

    func follow() {
        guard let rows = try? CatalogRows(of: place) else { return }
        // The first time someone waits for all: the list comes without a rest, what is read of each study
        // takes half a processor. Later a fifth is taken.
        var (isFirst, hasCaughtUp) = (true, false)
        while true {
            let pace = Pace()
            do {
                let (changed, gone) = try rows.read(for: Self.slice)
                if isFirst || !changed.isEmpty || !gone.isEmpty {
                    publish(rows, changed: changed, gone: gone)
                }
                isFirst = false
            } catch {
                feed.publish(problem: JSONValue.string("\(error)").serialized())
                isFirst = true
            }
            pages.closeUnwatched()
            hasCaughtUp = hasCaughtUp || !rows.isBehind
            pace.pause(
                times: hasCaughtUp ? 4 : rows.left > 0 ? 0 : 1,
                atLeast: rows.isBehind ? .zero : Self.interval)
        }
    }

    private func publish(_ rows: CatalogRows, changed: [CatalogDocument.Row], gone: [String]) {
        places.withLock { $0 = rows.rows.mapValues(\.place) }
        let (place, all, left) = (place, Array(rows.rows.values), rows.left)
        feed.publish {
            CatalogDocument.increment(changed: changed, gone: gone, left: left).serialized()
        } complete: {
            CatalogDocument.json(of: place, rows: all, left: left).serialized()
        }
    }
}

/// Does what takes its time where no other request waits for it.
private func onOwnThread<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        SystemThread.start { continuation.resume(with: Result(catching: body)) }
    }
}
