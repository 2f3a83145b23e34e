import Engine
import Synchronization

/// A study of so many records, and the model's decision about a free slot in it.
///
/// Its events are those of a study whose paused trials are promoted by rank, which takes no time, told
/// again as those of one that a model leads: a model takes records as they come. The decision measured
/// is one that compares all paused trials with new configurations, or the first that fits the kernels.
public struct ModelDecision {
    private var state: StudyState
    private var policy: ModelPolicy

    /// - Parameters:
    ///   - records: reports at a level.
    ///   - objectives: of noise.
    ///   - parameters: real numbers.
    ///   - withFit: whether the decision fits the kernels first; there have to be 30 trials then.
    public init(
        records: Int, objectives: Int, parameters: Int, withFit: Bool = false
    ) throws {
        func definition(_ kind: Hyperband.Kind) throws -> StudyDefinition {
            try Study.definition(
                objectives: objectives, parameters: parameters,
                Hyperband(maxResource: 52, kind: kind, rungLevels: [2, 6, 18]))
        }
        let journal = KeptEvents()
        var study = try Study(definition(.promotion), journal: journal)
        let levels: [Resource] = [2, 6, 18, 52]
        func count() -> Int {
            journal.events.withLock { events in
                events.count {
                    if case .reported(let event) = $0 {
                        levels.contains(event.report.resource)
                    } else {
                        false
                    }
                }
            }
        }
        // Counting goes over all events, so it is done seldom.
        while count() < records {
            for _ in 0..<max(20, records / 20) { try study.report() }
        }
        let model = try definition(.model)
        state = StudyState(model)
        for event in journal.events.withLock({ $0 }).dropFirst() { try state.apply(event) }
        policy = ModelPolicy(model)
        try advance(toFit: withFit)
    }

    /// What the free slot gets. The same at every call.
    public mutating func decide() -> SlotAssignment { policy.assign(at: 0, in: &state) }

    /// Applies decisions up to the first with a fit, or to the first by index without one.
    private mutating func advance(toFit: Bool) throws {
        for _ in 0..<200 {
            let reason: SlotReason?
            let event: Event
            switch decide() {
            case .continue(let promotion):
                (reason, event) = (promotion.reason, .promoted(promotion))
            case .start(let proposal):
                reason = proposal.reason
                event = .started(
                    .init(
                        trial: state.trials.count + 1, configuration: proposal.configuration,
                        bracket: 0, time: 0, origin: proposal.origin, reason: reason))
            case .free(let end): throw ModelDecisionError(end: end)
            }
            let hasFit = reason?.fit != nil
            if toFit ? hasFit : !hasFit && reason?.rule == .index { return }
            try state.apply(event)
        }
        throw ModelDecisionError(end: nil)
    }
}

/// There is no such decision.
struct ModelDecisionError: Error { let end: EndReason? }

/// Keeps the events of a study.
private final class KeptEvents: Journal {
    let events = Mutex<[Event]>([])
    private let rest = DiscardingJournal()

    var isDurableOnReturn: Bool { true }
    func takeLease() -> Lease { rest.takeLease() }
    func append(_ events: [Event], expecting position: Int, under lease: Lease) {
        self.events.withLock { $0 += events }
    }
    func receive(_ arrival: ReceivedReport) -> Bool { true }
    func save(_ checkpoint: Checkpoint) {}
    func sync() {}
    func events(from first: Int) -> [Event] { events.withLock { Array($0.dropFirst(first)) } }
    func arrivals(after count: Int) -> [ReceivedReport] { [] }
    func checkpoint(of trial: Int) -> Checkpoint? { nil }
    func keep(_ artifact: Artifact) {}
    func drop(_ key: Artifact.Key) {}
    func artifact(_ key: Artifact.Key) -> Artifact? { nil }
    func artifactKeys() -> [Artifact.Key] { [] }
}
