import Engine
import Testing

@Suite("Hypervolume and fronts against moocore")
struct HypervolumeGoldenTests {
    /// Objectives, points, volume up to (1.1, 1.1 …), size of the front: the output of
    /// Tests/ReferenceValues/hypervolume.py.
    @Test(
        "the values are those of another implementation",
        arguments: [
            (2, 1, 0.24446339409609497, 1),
            (2, 10, 0.7565897307561065, 3),
            (2, 60, 1.1370717724916537, 5),
            (3, 1, 0.06342272532300769, 1),
            (3, 10, 1.1863089665791358, 4),
            (3, 60, 1.1564149936193324, 13),
            (4, 1, 0.15721139162443512, 1),
            (4, 10, 0.4702937359016767, 6),
            (4, 60, 0.950282070468934, 33),
            (5, 1, 0.25969511936650475, 1),
            (5, 10, 0.5223089440592763, 8),
            (5, 60, 1.0050994662118593, 25),
            (6, 1, 0.010345343856853078, 1),
            (6, 10, 0.15753961245506237, 10),
            (6, 60, 0.8039368441826436, 43),
        ])
    func golden(count: Int, points: Int, volume: Double, front: Int) throws {
        var stream = RandomStream(seed: 7, purpose: "golden points", count, points)
        let cloud = (0..<points).map { _ in (0..<count).map { _ in stream.unit() } }
        let objectives = try (0..<count).map { try Objective("o\($0)", .minimize) }
        let own = try Pareto.hypervolume(
            cloud, objectives: objectives, reference: Array(repeating: 1.1, count: count))
        #expect(abs(own - volume) <= 1e-12 * volume)
        #expect(Pareto.front(cloud, objectives: objectives).count == front)
    }
}
