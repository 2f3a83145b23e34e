/// A study's events, each decision held against the one that the events before it call for.
public struct Replay: Sendable {
    /// An event that is not what the events before it call for.
    public struct Disagreement: Hashable, Sendable, CustomStringConvertible {
        /// The event's number, from 0.
        public let number: Int
        /// What the events before it call for, and what is there.
        public let expected: String
        /// What the journal says instead, in words.
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

    /// Works out every start, decision and promotion again, but for superseded ones and for those that
    /// cannot be reproduced.
    ///
    /// - Parameter policy: what decided about free slots, if not what the definition names.
    /// - Throws: `EventError` when the events tell no study.
    /// - Complexity: what running the study costs the engine.
    public init(
        _ events: some RandomAccessCollection<Event>, policy: (any SlotPolicy)? = nil
    ) throws {
        state = try StudyState(events: events.prefix(1))
        var policy = policy ?? state.definition.makeSlotPolicy()
        for number in EffectiveHistory(events).numbers.dropFirst() {
            let event = events[events.index(events.startIndex, offsetBy: number)]
            if !state.isInterrupted { check(event, number: number, &policy) }
            try state.apply(event, number: number)
            policy.note(event, in: state)
        }
    }

    private mutating func check(_ event: Event, number: Int, _ policy: inout any SlotPolicy) {
        switch event {
        case .started(let start):
            guard policy.isReproducible, start.origin != .added else { return }
            let expected = policy.assign(at: start.time, in: &state)
            compare(
                number, expected: text(of: expected),
                got: "\(Self.text(start.configuration)), bracket \(start.bracket)",
                agrees: agrees(expected, with: start))
        case .decided(let decision):
            guard let expected = state.nextDecision(about: decision.trial) else { return }
            compare(
                number, expected: expected.text, got: decision.text,
                agrees: expected == decision)
        case .promoted(let promotion):
            guard policy.isReproducible else { return }
            let expected = policy.assign(at: promotion.time, in: &state)
            compare(
                number, expected: text(of: expected), got: promotion.text,
                agrees: expected == .continue(promotion))
        case .created, .extended, .reported, .ended, .retried, .interrupted, .finished,
            .resumed:
            break
        }
    }

    private func agrees(_ expected: SlotAssignment, with start: Event.Start) -> Bool {
        guard case .start(let proposal) = expected else { return false }
        return proposal.configuration == start.configuration
            && start.bracket == bracket(of: start.trial)
            && [proposal.origin, .unrecorded].contains(start.origin)
            && proposal.reason == start.reason
    }

    private func bracket(of trial: Int) -> Int {
        state.definition.hyperband.bracket(seed: state.definition.seed, trial: trial)
    }

    private mutating func compare(_ number: Int, expected: String, got: String, agrees: Bool) {
        checked += 1
        guard !agrees else { return }
        disagreements.append(.init(number: number, expected: expected, got: got))
    }

    private func text(of assignment: SlotAssignment) -> String {
        switch assignment {
        case .continue(let promotion): promotion.text
        case .start(let proposal):
            "trial \(state.trials.count + 1) with \(Self.text(proposal.configuration)), "
                + "bracket \(bracket(of: state.trials.count + 1))"
        case .free: "no trial for the free slot"
        }
    }

    private static func text(_ configuration: Configuration) -> String { "{\(configuration)}" }
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
