package import HTTPListening

/// The pages that a server shows, each under a path of its own.
///
/// A page whose path ends in a slash loads what it asks for from below it: `events` is its stream, and
/// `v1/stop` and so on hand on what users ask of a run.
package protocol PageSite: Sendable {
    /// The page at a path, such as `/` or `/studies/a.db/`.
    ///
    /// - Parameter query: what stands behind `?`, in order.
    /// - Throws: `RequestRefusal` where there is none.
    func page(
        at path: String, query: [(name: String, value: String)]
    ) async throws(RequestRefusal) -> SitePage
}

/// A page of a site.
package struct SitePage: Sendable {
    /// The page, as HTML; made when it is asked for.
    package let html: @Sendable () -> String
    /// What it is sent; nil where it does not change.
    package let feed: PageFeed?
    /// Hands on what users ask of a run; nil where the page only shows.
    package let control: PageControl?

    /// A page.
    package init(
        feed: PageFeed? = nil, control: PageControl? = nil, html: @escaping @Sendable () -> String
    ) {
        (self.html, self.feed, self.control) = (html, feed, control)
    }
}

/// What of a page a path asks for.
enum PagePart: Equatable {
    /// The page itself.
    case page
    /// Its stream.
    case events
    /// To hand on a request to the run.
    case verb(String)

    /// The path of a page, and what of it is asked for.
    static func of(_ path: String) -> (page: String, part: PagePart) {
        for verb in PageControl.verbs where path.hasSuffix("/v1/\(verb)") {
            return (String(path.dropLast("v1/\(verb)".count)), .verb(verb))
        }
        if path.hasSuffix("/events") { return (String(path.dropLast("events".count)), .events) }
        return (path, .page)
    }
}
