import Engine
import Testing

/// Reports that seem to be missing among those of a trial.
@Suite struct ResourceGapTests {
    /// A study of trials that report at these resources.
    private func gaps(_ trials: [[Int]]) throws -> [String] {
        try gaps(trials.map { $0.map { Resource($0) } }, resolution: 1)
    }

    private func gaps(_ trials: [[Resource]], resolution: Resource) throws -> [String] {
        let definition = try StudyDefinition(
            name: "gaps", seed: 1,
            space: SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))]),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                maxResource: 81, resolution: resolution, gracePeriod: 81), trialLimit: 9, slots: 9)
        var events: [Event] = [.created(definition)]
        for (index, resources) in trials.enumerated() {
            let trial = index + 1
            events.append(
                .started(
                    .init(
                        trial: trial,
                        configuration: Configuration([.init("x", .real(Double(trial) / 10))]),
                        bracket: 0, time: 0)))
            for resource in resources {
                let report = Report(
                    resource: resource, metrics: Metrics(["error": .integer(trial)]),
                    time: resource.whole)
                events.append(.reported(.init(trial: trial, report: report)))
            }
        }
        return try StudyState(events: events).resourceGaps
            .map { "\($0.trial): \($0.after)–\($0.before)" }
    }

    private static let all = Array(1...9)

    @Test(
        "reports that others have are missed",
        arguments: [
            ([all, [1, 2, 7, 8, 9]], ["2: 2–7"]), ([all, all, [7, 8, 9]], ["3: 0–7"]),
            ([[1, 2, 7, 8, 9]], ["1: 2–7"]), ([all, all, [1, 2, 3, 9]], ["3: 3–9"]),
            ([all, [1, 2, 5, 6, 9], all], ["2: 2–5", "2: 6–9"]),
        ])
    func missing(trials: [[Int]], expected: [String]) throws {
        #expect(try gaps(trials) == expected)
    }

    @Test(
        "steps that a script takes are none",
        arguments: [
            [all, all, [1, 2]], [[1, 3, 9, 27, 81], [1, 3, 9, 27, 30], [1, 3, 9, 27, 81]],
            [[10, 20, 30, 31], [10, 20, 30, 31]], [[4, 8, 12, 13], [1, 2, 3, 4, 5], [3, 6, 9]],
            [[81], [81], [1]], [[1, 2, 80], [1, 2, 80]], [[], []],
        ])
    func steps(trials: [[Int]]) throws { #expect(try gaps(trials).isEmpty) }

    private func fractions(_ trials: [[Double]]) throws -> [String] {
        try gaps(
            trials.map { trial in try trial.map { number in try #require(Resource(number)) } },
            resolution: 0.5)
    }

    /// 7 · 0.7 − 6 · 0.7 is more than 0.7 and than 8 · 0.7 − 7 · 0.7.
    @Test("steps that rounding makes longer, or that are measured, are none")
    func measured() throws {
        let steps = (1...12).map { Double($0) * 0.7 }
        #expect(try fractions([steps, steps, steps]) == [])
        let seconds = [1.03, 2.01, 3.1, 4.02, 5.3, 6.01, 7.2]
        #expect(try fractions([seconds, seconds.map { $0 + 0.4 }, seconds.map { $0 * 1.1 }]) == [])
        let paused = [0.9, 2, 2.75, 8, 8.8, 9.9]
        #expect(try fractions([paused, seconds, steps]) == [])
    }

    @Test("equal steps of a fraction show what is missing")
    func equalFractions() throws {
        let steps = (1...12).map { Double($0) * 0.5 }
        #expect(try fractions([steps, Array(steps[..<5] + steps[7...])]) == ["2: 2.5–4"])
    }
}
