import LivePage
import Testing

@Suite struct AccessRuleTests {
    @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
    func loopbackNeedsNoTokenButItsOwnName(address: String) {
        let rule = AccessRule(address: address, token: "secret")
        #expect(rule.token == nil)
        for host in ["localhost", "localhost:8642", "127.0.0.1:8642", "[::1]:8642", "LOCALHOST"] {
            #expect(rule.answer(host: host, token: nil) == .allowed, "\(host)")
        }
        for host in [
            "evil.example", "evil.example:8642", "localhost.evil.example", "127.0.0.1.evil",
            "127.evil", "", "[::2]:8642", "0.0.0.0:8642",
        ] {
            #expect(rule.answer(host: host, token: "secret") == .misdirected, "\(host)")
        }
        #expect(rule.answer(host: nil, token: nil) == .misdirected)
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.7", "::", "128.0.0.1"])
    func elsewhereTheTokenIsNeeded(address: String) {
        let rule = AccessRule(address: address, token: "secret")
        #expect(rule.answer(host: "192.168.1.7:8642", token: "secret") == .allowed)
        for token in [nil, "", "secre", "secreT", "secret "] {
            #expect(rule.answer(host: "localhost", token: token) == .forbidden)
        }
    }
}
