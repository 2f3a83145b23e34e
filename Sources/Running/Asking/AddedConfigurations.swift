package import Engine
internal import Synchronization

/// Configurations that clients want tried next.
package final class AddedConfigurations: Sendable {
    private let waiting = Mutex<[Configuration]>([])

    /// None.
    package init() {}

    func add(_ configuration: Configuration) { waiting.withLock { $0.append(configuration) } }

    func take() -> Configuration? {
        waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    var count: Int { waiting.withLock(\.count) }

    var isEmpty: Bool { waiting.withLock(\.isEmpty) }
}

/// A policy whose free slots get the added configurations first.
///
/// What was added and not started when the program ends is gone with it.
package struct AddedFirstPolicy: SlotPolicy {
    private let added: AddedConfigurations
    private var base: any SlotPolicy

    /// - Parameter base: decides about the slots that nothing was added for.
    package init(_ added: AddedConfigurations, before base: any SlotPolicy) {
        (self.added, self.base) = (added, base)
    }

    /// What a client adds comes from outside.
    package var isReproducible: Bool { false }

    /// As the other policy, where nothing was added.
    package func takesTime(in state: StudyState) -> Bool {
        added.isEmpty && base.takesTime(in: state)
    }

    /// Lets the other policy take note.
    package mutating func note(_ event: Event, in state: StudyState) { base.note(event, in: state) }

    /// What was added, else what the other policy says.
    package mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        let limit = state.definition.trialLimit ?? .max
        if state.trials.count < limit, let configuration = added.take() {
            return .start(Proposal(configuration, origin: .added))
        }
        return base.assign(at: time, in: &state)
    }
}
