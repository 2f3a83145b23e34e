/// A study's events, each decision held against the one that the events before it call for.
public struct Replay: Sendable {
    /// An event that is not what the events before it call for.
    public struct Disagreement: Hashable, Sendable, CustomStringConvertible {
        /// The event's number, from 0.
        public let number: Int
        /// What the events before it call for, and what is there.
        public let expected: String
        public let got: String

        public var description: String {
            "event \(number): expected \(expected), got \(got)"
        }
    }

    /// The study that the events tell.
    public private(set) var state: StudyState
    /// How many starts, decisions and promotions were worked out again.
    public private(set) var checked = 0
    /// Those that came out otherwise, in order.
    public private(set) var disagreements: [Disagreement] = []

    /// Works out every start, decision and promotion again, but for superseded ones.
    ///
    /// - Throws: `EventError` when the events tell no study.
    /// - Complexity: what running the study costs the engine.
    public init(_ events: some RandomAccessCollection<Event>) throws {
        state = try StudyState(events: events.prefix(1))
        var searcher = state.definition.searcher.make()
        for number in EffectiveHistory(events).numbers.dropFirst() {
            let event = events[events.index(events.startIndex, offsetBy: number)]
            if !state.isInterrupted { check(event, number, &searcher) }
            try state.apply(event, number: number)
        }
    }

    private mutating func check(_ event: Event, _ number: Int, _ searcher: inout any Searcher) {
        switch event {
        case .started(let start):
            state.noteConfigurations()
            let configuration = searcher.propose(trial: start.trial, in: state)
            let bracket = state.definition.hyperband.bracket(
                seed: state.definition.seed, trial: start.trial)
            compare(
                number, "trial \(start.trial) with \(Self.text(configuration)), bracket \(bracket)",
                "\(Self.text(start.configuration)), bracket \(start.bracket)",
                configuration == start.configuration && bracket == start.bracket)
        case .decided(let decision):
            guard let expected = state.decision(again: decision) else { return }
            compare(number, expected.text, decision.text, expected == decision)
        case .promoted(let promotion):
            let expected = state.nextPromotion(at: promotion.time)
            compare(
                number, expected?.text ?? "no promotion", promotion.text, expected == promotion)
        case .created, .extended, .reported, .ended, .retried, .interrupted, .finished,
            .resumed:
            break
        }
    }

    private mutating func compare(
        _ number: Int, _ expected: String, _ got: String, _ agrees: Bool
    ) {
        checked += 1
        guard !agrees else { return }
        disagreements.append(.init(number: number, expected: expected, got: got))
    }

    private static func text(_ configuration: Configuration?) -> String {
        configuration.map { "{\($0)}" } ?? "no configuration"
    }
}

extension StudyState {
    /// The decision that is due where `decision` stands; nil when its trial is at no such rung, which
    /// is an error of its own.
    fileprivate mutating func decision(again decision: Decision) -> Decision? {
        guard let trial = trial(decision.trial),
            let rung = rungs[trial.bracket].firstIndex(where: { $0.level == decision.rung }),
            rung < trial.rungEntries.count
        else { return nil }
        let standing = standing(of: trial, at: rung)
        let verdict: Decision.Verdict =
            definition.hyperband.kind == .promotion
            ? .pause : standing.isWithinQuota ? .continue : .stop
        return Decision(
            trial: trial.id, rung: decision.rung, bracket: trial.bracket,
            resource: trial.resource, verdict: verdict, standing: standing, time: decision.time)
    }
}

extension Decision {
    fileprivate var text: String {
        "trial \(trial) at rung \(rung) to \(verdict.rawValue) (\(standing.text))"
    }
}

extension Promotion {
    fileprivate var text: String { "trial \(trial) promoted from rung \(rung) (\(standing.text))" }
}

extension Standing {
    fileprivate var text: String {
        "rank \(rank) of \(outOf), behind \(ahead.map(\.description).joined(separator: " "))"
    }
}
