import Platform
import Testing

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("reduction_facto", "reduction_factor"), ("max-t", "max_t"), ("MNIST", "mnist"),
        ("seedd", "seed"), ("sede", "seed"), ("quantile", nil),
    ])
    func oneThatIsNearEnough(name: String, nearest: String?) {
        let known = ["reduction_factor", "max_t", "mnist", "seed"]
        #expect(nearestName(to: name, among: known) == nearest)
    }

    /// Another letter is another name.
    @Test(arguments: [
        ("b", nil), ("A", "a"), ("aa", nil), ("lt", nil), ("rl", "lr"), ("lrr", "lr"), ("l", nil),
        ("lx", nil), ("LR", "lr"), ("", nil), ("evn", "env"), ("en", "env"), ("ex", nil),
    ])
    func shortNamesAreNearToFew(name: String, nearest: String?) {
        #expect(nearestName(to: name, among: ["a", "x", "lr", "env"]) == nearest)
    }

    /// A distance would take a minute and gigabytes.
    @Test func aNameOfMegabytesIsNearToNone() {
        let name = String(repeating: "max_t", count: 2_000_000)
        #expect(nearestName(to: name, among: ["max_t", "seed"]) == nil)
    }

    @Test func amongNone() { #expect(nearestName(to: "a", among: []) == nil) }
}
