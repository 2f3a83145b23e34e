import Platform
import Testing

/// Who reaches a server of this machine.
@Suite struct AccessTests {
    @Test(arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
    func loopbackIsThisMachines(address: String) {
        #expect(LoopbackAddress.includes(address))
        #expect(LoopbackAddress.isNamed(byHost: address == "::1" ? "[::1]:80" : "\(address):80"))
    }

    @Test(arguments: ["0.0.0.0", "128.0.0.1", "127.0.0", "127.0.0.256", "127.0.0.1.evil.org", ""])
    func othersAreNot(address: String) {
        #expect(!LoopbackAddress.includes(address))
        #expect(!LoopbackAddress.isNamed(byHost: "\(address):80"))
    }

    @Test func tokensAreLongAndDiffer() {
        let (one, other) = (AccessToken.make(), AccessToken.make())
        #expect(one.utf8.count == 32 && one.allSatisfy(\.isHexDigit))
        #expect(AccessToken.areEqual(one, one) && !AccessToken.areEqual(one, other))
        #expect(!AccessToken.areEqual(one, String(one.dropLast())))
    }
}
