internal import HTTPListening
internal import Platform

/// Answers requests: the pages of a site, their streams, and what users ask of runs; nothing else.
struct PageHandler: RequestAnswering {
    /// So many pages may be open at a time.
    static let readerLimit = 500
    private static let cookie = "mohpo-watch"

    let rule: AccessRule
    let site: any PageSite
    private let readers = ReaderCount()

    init(rule: AccessRule, site: any PageSite) { (self.rule, self.site) = (rule, site) }

    func answer(to request: IncomingRequest) async throws -> Answer {
        let head = request.head
        let given = head.query("token")
        switch rule.answer(host: head.host, token: given ?? head.cookie(Self.cookie)) {
        case .allowed: break
        case .forbidden: throw RequestRefusal(403, "expected the address that mohpo-lua printed")
        case .misdirected: throw RequestRefusal(421, "expected localhost in the address")
        }
        let (path, part) = PagePart.of(head.path)
        if case .verb(let verb) = part {
            let page = try await site.page(at: path, query: head.query)
            if let control = page.control {
                return try await self.answer(to: verb, request, control)
            }
        }
        guard head.method == "GET" else { throw RequestRefusal(405, "expected GET") }
        if part == .page, rule.token != nil, let given {
            return redirection(keeping: given)
        }
        let page = try await site.page(at: path, query: head.query)
        switch part {
        case .page:
            return Answer(
                200, type: "text/html; charset=utf-8", body: .bytes(Array(page.html().utf8)))
        case .events: return try events(page, head)
        case .verb: throw RequestRefusal(404, "the page only shows")
        }
    }

    func answer(to refusal: RequestRefusal) -> Answer { .text(refusal.status, refusal.text) }

    private func events(_ page: SitePage, _ head: RequestHead) throws -> Answer {
        // A page from elsewhere could not read the events, and could still open many streams.
        guard RequestHeader.isOwnSite(head.site) else {
            throw RequestRefusal(403, "expected a request of the page itself")
        }
        guard let feed = page.feed else { throw RequestRefusal(404, "the page does not change") }
        guard readers.number < Self.readerLimit else {
            throw RequestRefusal(503, "too many pages are open")
        }
        return Answer(
            200, type: "text/event-stream", body: .stream(EventStream(feed: feed, readers: readers))
        )
    }

    private func answer(
        to verb: String, _ request: IncomingRequest, _ control: PageControl
    ) async throws -> Answer {
        do {
            if let refusal = control.refusal(of: request.head) { throw refusal }
            let body = try await request.body(atMost: PageControl.largestBody)
            let answer = await control.answer(to: verb, body: body)
            return .json(answer.status, answer.body)
        } catch let refusal as RequestRefusal {
            if refusal.status != 413 { try await request.dropBody() }
            let answer = PageControl.Answer(refusal)
            return .json(answer.status, answer.body)
        }
    }

    /// To the page's address without the token, which the browser keeps.
    private func redirection(keeping token: String) -> Answer {
        var redirection = Answer.text(303, "the page is at /")
        redirection.headers["Location"] = "/"
        redirection.headers["Set-Cookie"] =
            "\(Self.cookie)=\(token); Path=/; HttpOnly; SameSite=Strict"
        return redirection
    }
}
