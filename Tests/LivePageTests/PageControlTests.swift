import HTTPListening
import LivePage
import Synchronization
import Testing

/// Which requests of pages reach a run.
@Suite struct PageControlTests {
    private final class Run: Sendable {
        let lines = Mutex<[String]>([])
    }

    private let run = Run()
    private let control: PageControl

    init() {
        control = PageControl { [run] line in
            let text = String(decoding: line, as: UTF8.self)
            run.lines.withLock { $0.append(text) }
            return Array((text.contains("9") ? "{\"error\":\"no\"}" : "{\"ok\":1}").utf8)
        }
    }

    /// A request as the page sends it.
    private func request(_ change: (inout RequestHead) -> Void = { _ in })
        -> RequestHead
    {
        var request = RequestHead()
        request.host = "localhost:8642"
        request.origin = "http://localhost:8642"
        request.site = "same-origin"
        request.authorization = "Bearer \(control.key)"
        request.contentType = "application/json"
        change(&request)
        return request
    }

    @Test func thePageItselfMayAsk() {
        #expect(control.refusal(of: request()) == nil)
        // A program says nothing of pages.
        #expect(control.refusal(of: request { ($0.origin, $0.site) = (nil, nil) }) == nil)
    }

    @Test func othersMayNot() {
        func status(_ change: (inout RequestHead) -> Void) -> Int? {
            control.refusal(of: request(change))?.status
        }
        #expect(status { $0.method = "GET" } == 405)
        #expect(status { $0.origin = "http://evil.example" } == 403)
        #expect(status { $0.origin = "null" } == 403)
        #expect(status { $0.origin = "http://localhost:8643" } == 403)
        #expect(status { $0.site = "cross-site" } == 403)
        #expect(status { $0.site = "same-site" } == 403)
        #expect(status { $0.authorization = nil } == 401)
        #expect(status { $0.authorization = "Bearer 1234" } == 401)
        #expect(status { $0.authorization = "Basic \(control.key)" } == 401)
        #expect(status { $0.contentType = "text/plain" } == 415)
        #expect(status { $0.contentType = "application/x-www-form-urlencoded" } == 415)
        #expect(status { $0.contentType = nil } == 415)
    }

    private func answer(_ verb: String, _ body: String) async -> PageControl.Answer {
        await control.answer(to: verb, body: Array(body.utf8))
    }

    @Test func itsLineGoesToTheRun() async {
        let answer = await answer("stop", "{\n\"stop\": {\"trial\": 7}\n}")
        #expect(answer.status == 200 && answer.body == Array("{\"ok\":1}".utf8))
        #expect(run.lines.withLock { $0 } == ["{ \"stop\": {\"trial\": 7} }"])
        #expect(await self.answer("stop", "{\"stop\":{\"trial\":9}}").status == 400)
    }

    /// The run has requests that are not a page's.
    @Test(arguments: [
        "{\"report\":{\"loss\":0},\"trial\":1,\"attempt\":1}", "{\"stop\":1,\"ask\":1}",
        "{\"add\":{}}",
        "[]", "stop", "", "{\"stop\":1", "{}",
    ]) func nothingElseDoes(body: String) async {
        #expect(await answer("stop", body).status == 400)
        #expect(run.lines.withLock { $0 } == [])
    }

    @Test func bodiesAreLimited() async {
        let text = String(repeating: "1", count: PageControl.largestBody)
        #expect(await answer("add", "{\"add\":\(text)}").status == 413)
    }

    @Test func aRunThatIsNotThereIsNamed() async {
        struct Gone: Error, CustomStringConvertible { let description = "it has \"ended\"" }
        let control = PageControl { _ in throw Gone() }
        let answer = await control.answer(to: "stop", body: Array("{\"stop\":\"study\"}".utf8))
        #expect(answer.status == 503)
        #expect(answer.body == Array("{\"error\":\"it has \\\"ended\\\"\"}".utf8))
    }
}
