import HTTPListening
import HTTPServing
import Testing

@Suite struct RequestRuleTests {
    private func request(
        _ method: String = "POST", _ path: String = "/v1/ask",
        _ change: (inout RequestHead) -> Void = { _ in }
    ) -> RequestHead {
        var request = RequestHead(method: method, path: path)
        request.host = "localhost:8080"
        request.authorization = "Bearer secret"
        request.contentType = "application/json; charset=utf-8"
        change(&request)
        return request
    }

    private func status(_ request: RequestHead, at address: String = "127.0.0.1") -> Int {
        do {
            _ = try RequestRule(address: address, token: "secret").verb(of: request)
            return 200
        } catch { return error.status }
    }

    @Test(arguments: ["ask", "report", "checkpoint", "done", "fail", "heartbeat", "add"])
    func writesNeedTheTokenAndTheType(verb: String) throws {
        let path = "/v1/\(verb)"
        let rule = RequestRule(address: "127.0.0.1", token: "secret")
        #expect(try rule.verb(of: request("POST", path)) == verb)
        #expect(status(request("GET", path)) == 405)
        for wrong in [nil, "", "secret", "Bearer", "Bearer secre", "Bearer secreT", "Basic secret"]
        {
            #expect(status(request("POST", path) { $0.authorization = wrong }) == 401)
        }
        for wrong in [
            nil, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx",
        ] {
            #expect(status(request("POST", path) { $0.contentType = wrong }) == 415)
        }
    }

    @Test(arguments: ["front", "study"]) func readsNeedTheTokenElsewhere(verb: String) {
        let bare = request("GET", "/v1/\(verb)") { ($0.authorization, $0.contentType) = (nil, nil) }
        #expect(status(bare) == 200)
        #expect(status(bare, at: "::1") == 200)
        #expect(status(bare, at: "0.0.0.0") == 401)
        #expect(status(bare, at: "192.168.1.7") == 401)
        #expect(status(request("GET", "/v1/\(verb)"), at: "0.0.0.0") == 200)
        #expect(status(request("POST", "/v1/\(verb)")) == 405)
    }

    /// A page of elsewhere whose name was made to lead here says that name.
    @Test func theHostIsLoopback() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.8.9.1", "[::1]:8080"] {
            #expect(status(request { $0.host = host }) == 200, "\(host)")
        }
        for host in [
            nil, "", "evil.example", "localhost.evil.example", "127.0.0.1.evil", "127.evil",
            "[::2]",
            "0.0.0.0",
        ] {
            #expect(status(request { $0.host = host }) == 421, "\(host ?? "none")")
        }
        #expect(status(request { $0.host = "gpu7:8080" }, at: "0.0.0.0") == 200)
    }

    @Test func theOriginIsThisServer() {
        for origin in ["http://localhost:8080", "HTTP://LOCALHOST:8080"] {
            #expect(status(request { $0.origin = origin }) == 200)
        }
        for origin in [
            "null", "", "http://localhost", "http://localhost:81", "https://localhost:8080",
        ] {
            #expect(status(request { $0.origin = origin }) == 403)
            #expect(status(request("GET", "/v1/front") { $0.origin = origin }) == 403)
        }
    }

    @Test(arguments: [
        "/", "", "/v1", "/v1/", "/v1/ask/", "/v1/asks", "/v2/ask", "//v1/ask", "v1/ask",
    ])
    func thereIsNothingElse(path: String) { #expect(status(request("POST", path)) == 404) }
}
