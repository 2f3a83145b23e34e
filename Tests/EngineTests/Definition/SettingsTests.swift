import Engine
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test(
        "rung levels come from integers: no rung is lost to rounding",
        arguments: [
            (1, 3, 243, [1, 3, 9, 27, 81]), (1, 10, 1000, [1, 10, 100]), (1, 3, 50, [1, 3, 9, 27]),
            (2, 4, 128, [2, 8, 32]), (1, 2, 2, [1]), (5, 3, 5, []), (1, 3, 1, []),
            (1, 1 << 30, 1 << 40, [1, 1 << 30]),
        ])
    func rungLevels(grace: Int, factor: Int, end: Int, levels: [Int]) throws {
        let hyperband = try Hyperband(
            maxResource: Resource(end), gracePeriod: Resource(grace), reductionFactor: factor)
        #expect(hyperband.rungLevels == levels.map { Resource($0) })
    }

    @Test("explicit rung levels are taken as they are, without the end")
    func explicitLevels() throws {
        #expect(try Hyperband(maxResource: 50, rungLevels: [2, 7]).rungLevels == [2, 7])
        #expect(try Hyperband(maxResource: 50, rungLevels: [2, 50]).rungLevels == [2])
        for wrong: [Resource] in [[], [0, 1], [3, 3], [5, 2], [2, 51]] {
            #expect(throws: SettingError.self) { try Hyperband(maxResource: 50, rungLevels: wrong) }
        }
    }

    @Test("wrong Hyperband settings are named as in Lua")
    func hyperbandErrors() {
        func message(_ make: () throws -> Hyperband) -> String {
            do { return "no error: \(try make())" } catch { return "\(error)" }
        }
        #expect(
            message { try Hyperband(maxResource: 0) }
                == "max_t: expected an integer from 1 to 1099511627776, got 0")
        #expect(message { try Hyperband(maxResource: Resource(.max)) }.hasPrefix("max_t: expected"))
        #expect(
            message { try Hyperband(maxResource: 9, gracePeriod: 0) }
                == "grace_period: expected an integer of at least 1, got 0")
        #expect(
            message { try Hyperband(maxResource: 9, gracePeriod: 10) }
                == "grace_period: expected at most max_t (9), got 10")
        #expect(
            message { try Hyperband(maxResource: 9, reductionFactor: 1) }
                == "reduction_factor: expected an integer of at least 2, got 1")
        #expect(
            message { try Hyperband(maxResource: 9, brackets: 0) }
                == "brackets: expected an integer of at least 1, got 0")
        #expect(
            message { try Hyperband(timeAttribute: "", maxResource: 9) }
                == "time_attr: expected a name, got an empty one")
        #expect(
            message { try Hyperband(maxResource: 9, rungLevels: [3, 2]) }
                == "rung_levels: expected increasing positive integers up to max_t (9), got {3, 2}")
    }

    @Test("a bracket's probability is its share in synchronous Hyperband")
    func bracketProbabilities() throws {
        // Levels 1, 3, 9: K = 3 and shares 3/(3·1), 3/(2·3), 3/(1·9), that is 6 : 3 : 2.
        let hyperband = try Hyperband(maxResource: 27, brackets: 3)
        for (probability, share) in zip(hyperband.bracketProbabilities, [6.0, 3, 2]) {
            #expect(abs(probability - share / 11) < 1e-15)
        }
        let drawn = (1...11_000).map { hyperband.bracket(seed: 3, trial: $0) }
        for (bracket, share) in [6.0, 3, 2].enumerated() {
            let p = share / 11
            let slack = 5 * (11_000 * p * (1 - p)).squareRoot()
            #expect(abs(Double(drawn.count { $0 == bracket }) - 1_000 * share) < slack)
        }
    }

    @Test("there are at most as many brackets as rungs; bracket s leaves out the first s")
    func brackets() throws {
        let hyperband = try Hyperband(maxResource: 27, brackets: 9)
        #expect(hyperband.brackets == 3)
        #expect(
            (0..<3).map { Array(hyperband.levels(ofBracket: $0)) } == [[1, 3, 9], [3, 9], [9]])
        #expect(try Hyperband(maxResource: 1, brackets: 4).brackets == 1)
        #expect(try Hyperband(maxResource: 9).bracket(seed: 1, trial: 5) == 0)
    }

    @Test("wrong study settings are named as in Lua")
    func studyErrors() throws {
        func message(
            objectives: [Objective], ranking: RankingRule = .standard, limit: Int? = 1,
            slots: Int = 1
        ) -> String {
            do {
                let study = try StudyDefinition(
                    name: "s", seed: 1, space: .empty, objectives: objectives,
                    hyperband: Hyperband(maxResource: 9), ranking: ranking, trialLimit: limit,
                    slots: slots)
                return "no error: \(study.name)"
            } catch {
                return "\(error)"
            }
        }
        let error = try Objective("error", .minimize)
        #expect(
            message(objectives: [])
                == "objectives: expected at least one, each MAX or MIN, got none")
        #expect(
            message(objectives: [error, error])
                == "objectives: expected different names, got error twice")
        #expect(
            message(objectives: [try Objective("epoch", .minimize)])
                == "objectives: expected other names than time_attr's, got epoch")
        #expect(
            message(objectives: [error], ranking: .randomWeights(count: 0))
                == "num_weights: expected an integer from 1 to 100000, got 0")
        #expect(
            message(objectives: [error], ranking: .parEGO(count: 1, rho: -1))
                == "rho: expected a number of at least 0, got -1.0")
        #expect(
            message(objectives: [error], ranking: .parEGO(count: 1, rho: .nan)).hasPrefix("rho"))
        #expect(
            message(objectives: [error], limit: 0)
                == "num_trials: expected an integer of at least 1, got 0")
        #expect(
            message(objectives: [error], slots: 0)
                == "parallel_trials: expected an integer from 1 to 1000000, got 0")
    }

    @Test("a tolerance is relative: 0 to below 1", arguments: [-0.1, 1, .nan, .infinity])
    func tolerance(value: Double) {
        #expect(throws: SettingError.self) { try Objective("t", .minimize, tolerance: value) }
    }
}
