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

    @Test func amongNone() { #expect(nearestName(to: "a", among: []) == nil) }
}
