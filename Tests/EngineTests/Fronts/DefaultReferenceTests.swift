import Engine
import Testing

@Suite("The default reference")
struct DefaultReferenceTests {
    private func objectives() throws -> [Objective] {
        [try Objective("error", .minimize), try Objective("r2", .maximize)]
    }

    @Test("is the worst value that is no outlier, moved a tenth of the range away")
    func withoutOutliers() throws {
        // Of the errors 1, 2, 3, 4 and 100 the median is 3 and the limit 3 + 5 · 2 = 13. Of the scores
        // -10⁶, 0.5, 0.7, 0.8 and 0.9 the median is 0.7 and the limit 0.7 - 5 · 0.2 = -0.3.
        let points = [[1, 0.5], [2, 0.7], [3, 0.8], [4, 0.9], [100, -1e6]]
        let reference = Pareto.defaultReference(points, objectives: try objectives())
        #expect(abs(reference[0] - 4.3) < 1e-12)
        #expect(abs(reference[1] - (0.5 - 0.04)) < 1e-12)
        let volume = try Pareto.hypervolume(points, objectives: objectives())
        let given = try Pareto.hypervolume(
            points, objectives: objectives(), reference: [4.3, 0.46])
        #expect(abs(volume - given) < 1e-12)
    }

    @Test("takes the worst value where the median is the best, and none where there is no point")
    func edgeCases() throws {
        let objectives = try objectives()
        let same = [[0.0, 1], [0, 1], [0, 1], [9, -9]]
        let reference = Pareto.defaultReference(same, objectives: objectives)
        #expect(abs(reference[0] - 9.9) < 1e-12 && abs(reference[1] + 10) < 1e-12)
        #expect(Pareto.defaultReference([[.nan, 1]], objectives: objectives) == [0, 0])
        #expect(Pareto.defaultReference([[2, 0]], objectives: objectives) == [2.2, -0.1])
    }
}
