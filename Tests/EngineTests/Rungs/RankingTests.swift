import Engine
import EngineTesting
import Testing

/// Every ranking must pass these; a new one is added to `rules`.
@Suite("Rankings")
struct RankingTests {
    static let rules: [RankingRule] = [
        .randomWeights(count: 100), .randomWeights(count: 1), .parEGO(count: 100, rho: 0.05),
        .parEGO(count: 3, rho: 0), .nondominated, .hypervolume,
    ]

    @Test("keep what every ranking must", arguments: rules, RankingConformance.checks)
    func conformance(rule: RankingRule, check: ConformanceCheck<RankingRule>) throws {
        #expect(try check.findings(for: rule) == [])
    }
}
