public import Engine

/// What every searcher must keep, with the rules of the `Proposer` around it, and whatever rule gives
/// slots away.
///
/// ```swift
/// @Test(arguments: SearcherKind.allCases, SearcherConformance.checks)
/// func searchers(kind: SearcherKind, check: ConformanceCheck<SearcherChoice>) throws {
///     #expect(try check.findings(for: kind.choice) == [])
/// }
/// ```
public enum SearcherConformance {
    /// The checks of a searcher where trials are stopped, each by itself; O(seconds) in all.
    public static let checks: [ConformanceCheck<SearcherChoice>] = all.map { check in
        check.of { SearchMethod(searcher: $0) }
    }

    /// The same checks of each type of a study: one may propose configurations itself.
    public static let typeChecks: [ConformanceCheck<Hyperband.Kind>] = all.map { check in
        check.of { SearchMethod(kind: $0) }
    }

    private static let all: [ConformanceCheck<SearchMethod>] = [
        .init("uses every configuration of a finite space once, then ends the study", exhaustion),
        .init("uses up a space whose values are drawn very unevenly", unevenSpace),
        .init("ends the study also when a continuum has but a few values", degenerateContinuum),
        .init("runs a space without parameters, or of constants alone, once", noParameters),
        .init("starts with the defaults, unless told not to", first),
        .init("proposes the same for the same study", repeatable),
        .init("never proposes a configuration twice, in any domain or branch", distinct),
        .init("proposes with 1 to 6 objectives, and none of a report valid", objectives),
        .init("depends on nothing but seed and history", resumed),
        .init("proposes along one parameter of any kind", oneParameter),
        .init("proposes no configuration of a trial that still runs", pending),
        .init("continues where many reports are invalid", invalid),
        .init("proposes in thousands of parameters, or refuses them by name", manyParameters),
    ]

    static func exhaustion(_ method: SearchMethod, _ findings: inout Findings) throws {
        let state = try SearcherCases.run(method, SearcherCases.finite())
        guard case .finite(let size) = state.definition.space.size else { return }
        let all = Set((0..<size).map { state.definition.space.configuration(at: $0) })
        findings.expect(state.endReason == .spaceExhausted)
        findings.expect(Set(state.trials.map(\.configuration)) == all)
        findings.expect(state.trials.count == size)
    }

    static func unevenSpace(_ method: SearchMethod, _ findings: inout Findings) throws {
        // A model takes a thousand times as long for a proposal.
        let size = method.usesModel ? 150 : 2_000
        let domain = Domain.int(try IntDomain(1, size, log: true))
        let state = try SearcherCases.run(method, SearchSpace([.init("n", .domain(domain))]))
        findings.expect(state.trials.count == size)
        findings.expect(Set(state.trials.map(\.configuration)).count == size)
    }

    static func degenerateContinuum(_ method: SearchMethod, _ findings: inout Findings) throws {
        let domain = Domain.real(try RealDomain(1, 1.0.nextUp))
        let state = try SearcherCases.run(method, SearchSpace([.init("x", .domain(domain))]))
        findings.expect(state.endReason == .spaceExhausted)
        findings.expect(Set(state.trials.map(\.configuration)).count == state.trials.count)
    }

    static func noParameters(_ method: SearchMethod, _ findings: inout Findings) throws {
        let constants = try SearchSpace([.init("epochs", .constant(.integer(9)))])
        for space in [SearchSpace.empty, constants] {
            let state = try SearcherCases.run(method, space, limit: 5)
            findings.expect(state.trials.count == 1)
            findings.expect(state.endReason == .spaceExhausted)
        }
    }

    static func first(_ method: SearchMethod, _ findings: inout Findings) throws {
        let space = try SearcherCases.line()
        let with = try SearcherCases.run(method, space, limit: 2)
        findings.expect(with.trials[0].configuration == space.defaults)
        findings.expect(with.trials[0].origin == .defaults)
        let without = try SearcherCases.run(method, space, limit: 2, firstIsDefault: false)
        findings.expect(without.trials[0].configuration != space.defaults)
    }

    static func repeatable(_ method: SearchMethod, _ findings: inout Findings) throws {
        for space in try [SearcherCases.line(), SearcherCases.every()] {
            let one = try SearcherCases.run(method, space, limit: 40)
            let two = try SearcherCases.run(method, space, limit: 40)
            findings.expect(one.trials == two.trials)
        }
    }

    static func distinct(_ method: SearchMethod, _ findings: inout Findings) throws {
        let state = try SearcherCases.run(method, SearcherCases.every(), limit: 200)
        findings.expect(Set(state.trials.map(\.configuration)).count == 200)
        // The definition checks that each is one of its space.
        let definition = try SearcherCases.definition(
            method, state.definition.space, initial: state.trials.map(\.configuration))
        findings.expect(definition.initial.count == 200)
    }

    static func objectives(_ method: SearchMethod, _ findings: inout Findings) throws {
        for count in 1...6 {
            for value in [0.5, .nan] {
                let state = try SearcherCases.run(
                    method, SearcherCases.every(), limit: 20, objectives: count, value: value)
                findings.expect(state.trials.count == 20)
            }
        }
    }

    /// What a slot gets depends on nothing but seed and history: a policy that is made in the middle of
    /// a study decides what the one before it has decided.
    static func resumed(_ method: SearchMethod, _ findings: inout Findings) throws {
        let definition = try SearcherCases.definition(
            method, SearcherCases.every(), limit: 30, maxResource: 9, slots: 3)
        let events = try SearcherCases.events(definition)
        for (number, event) in events.enumerated() {
            let (decided, time): (SlotAssignment, Int)
            switch event {
            case .started(let start):
                let proposal = Proposal(
                    start.configuration, origin: start.origin, reason: start.reason)
                (decided, time) = (.start(proposal), start.time)
            case .promoted(let promotion):
                (decided, time) = (.continue(promotion), promotion.time)
            default: continue
            }
            var policy = definition.makeSlotPolicy()
            var state = try StudyState(events: events.prefix(number))
            findings.expect(
                policy.assign(at: time, in: &state) == decided, "after \(number) events")
        }
    }
}
