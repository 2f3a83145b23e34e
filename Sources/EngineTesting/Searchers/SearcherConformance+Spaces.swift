import Engine

/// Spaces of one parameter and of thousands, trials that run, and reports that are invalid.
extension SearcherConformance {
    static func oneParameter(_ method: SearchMethod, _ findings: inout Findings) throws {
        let letters = try Options((0..<30).map { .string("\($0)") })
        let domains: [Domain] = [
            .real(try RealDomain(1e-6, 1, log: true)), .real(try RealDomain(0, 3, step: 0.1)),
            .int(try IntDomain(1, 1000, log: true)), .ordinal(letters), .categorical(letters),
        ]
        for domain in domains {
            let space = try SearchSpace([.init("only", .domain(domain))])
            let state = try SearcherCases.run(method, space, limit: 25)
            findings.expect(
                Set(state.trials.map(\.configuration)).count == 25, "25 different of \(domain)")
        }
    }

    /// Eight slots: most proposals come while other trials have not reported.
    static func pending(_ method: SearchMethod, _ findings: inout Findings) throws {
        let definition = try SearcherCases.definition(
            method, SearcherCases.every(), limit: 60, maxResource: 3, slots: 8)
        let state = try StudyState(events: SearcherCases.events(definition))
        findings.expect(state.trials.count == 60)
        findings.expect(Set(state.trials.map(\.configuration)).count == 60)
    }

    static func invalid(_ method: SearchMethod, _ findings: inout Findings) throws {
        let definition = try SearcherCases.definition(
            method, SearcherCases.every(), limit: 40, objectives: 2, maxResource: 9, slots: 3)
        for share in [2, 5, 10] {
            let events = try SearcherCases.events(definition, invalid: share)
            let state = try StudyState(events: events)
            findings.expect(
                Set(state.trials.map(\.configuration)).count == 40, "\(share) in 10 are invalid")
        }
    }

    static func manyParameters(_ method: SearchMethod, _ findings: inout Findings) throws {
        for count in [500, 10_000] {
            let space = try SearchSpace(
                (1...count).map { .init("x\($0)", .domain(.real(try RealDomain(0, 1)))) })
            do {
                let state = try SearcherCases.run(method, space, limit: 12)
                findings.expect(Set(state.trials.map(\.configuration)).count == 12)
            } catch let error as SettingError {
                findings.expect(
                    error.field == "space" && error.got == "\(count)",
                    "\(count) parameters are refused by name: \(error)")
            }
        }
    }
}
