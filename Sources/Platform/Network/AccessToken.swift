/// A secret that requests have to know.
package enum AccessToken {
    /// 128 random bits, as 32 hexadecimal digits.
    package static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let number: UInt64 = random.next()
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether two are the same; takes as long for a wrong token as for another of its length.
    package static func areEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
