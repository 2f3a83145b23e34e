import Engine
import Testing

/// Where the best values of numbers are believed to lie.
@Suite struct PriorTests {
    private static func space(_ prior: Prior?) throws -> SearchSpace {
        try SearchSpace([
            .init("rate", .domain(.real(RealDomain(1e-6, 1, log: true, prior: prior)))),
            .init("other", .domain(.real(RealDomain(0, 1)))),
        ])
    }

    private func rates(_ space: SearchSpace, count: Int = 400) -> [Double] {
        (1...count).compactMap { trial in
            if case .real(let rate) = space.sample(seed: 1, trial: trial)["rate"] {
                rate
            } else {
                nil
            }
        }
    }

    @Test(arguments: [(Prior.Confidence.low, 0.36), (.medium, 0.41), (.high, 0.58)])
    func halfOfTheDrawsComeFromIt(confidence: Prior.Confidence, share: Double) throws {
        let prior = Prior(1e-3, confidence: confidence)
        let near = rates(try Self.space(prior)).count { (1e-4...1e-2).contains($0) }
        #expect(Double(near) / 400 > share - 0.08 && Double(near) / 400 < share + 0.08)
        let free = rates(try Self.space(nil)).count { (1e-4...1e-2).contains($0) }
        #expect(confidence == .low || near > free)
    }

    @Test func drawsOfOtherParametersStayAsTheyWere() throws {
        let (with, without) = (try Self.space(Prior(1e-3)), try Self.space(nil))
        for trial in 1...50 {
            #expect(
                with.sample(seed: 1, trial: trial)["other"]
                    == without.sample(seed: 1, trial: trial)["other"])
        }
    }

    @Test func theDefaultIsItsValueUnlessOneIsGiven() throws {
        #expect(try Self.space(Prior(1e-3)).defaults["rate"] == .real(1e-3))
        #expect(try RealDomain(0, 1, default: 0.2, prior: Prior(0.5)).defaultValue == 0.2)
        #expect(try RealDomain(0, 1, step: 0.25, prior: Prior(0.55)).defaultValue == 0.5)
        #expect(try IntDomain(1, 99, step: 10, prior: Prior(48)).defaultValue == 51)
        #expect(try IntDomain(.min, .max, prior: Prior(-1e18)).contains(-1))
    }

    @Test func oneBeyondTheEndsIsNamed() {
        #expect(throws: SettingError.self) { try RealDomain(0, 1, prior: Prior(1.5)) }
        #expect(throws: SettingError.self) { try RealDomain(0, 1, prior: Prior(.nan)) }
        #expect(throws: SettingError.self) { try IntDomain(1, 9, prior: Prior(0)) }
    }

    @Test func studiesKeepIt() throws {
        let prior = Prior(1e-3, confidence: .high)
        let definition = try StudyDefinition(
            name: "prior", seed: 1, space: Self.space(prior),
            objectives: [Objective("a", .minimize)], hyperband: Hyperband(maxResource: 3),
            trialLimit: 1)
        let line = EventLine(.created(definition)).text
        guard case .created(let read) = try EventLine.event(line) else {
            Issue.record("another event")
            return
        }
        #expect(read == definition)
        #expect(line.contains("high"))
    }

    @Test func pointsKnowHowFarTheyAre() throws {
        let encoding = UnitCubeEncoding(try Self.space(Prior(1e-3, confidence: .medium)))
        #expect(abs(encoding.priorDistance(of: [0.5, 0.9])) < 1e-20)
        #expect(abs(encoding.priorDistance(of: [1, 0.9]) - 4) < 1e-9)
    }
}
