import Synchronization

/// A decision about a free slot that takes time: the host works it out on a thread of its own choice
/// and hands the answer to `Conductor.decided`. Until then the virtual clock stands still.
public struct SlotRequest: Hashable, Sendable {
    /// Counted from 1 in each process.
    let number: Int
    let time: Int
    private let content: Content

    /// What the decision depends on. It is taken out to be used, so that it is never copied.
    private final class Content: Sendable {
        let held: Mutex<Held?>
        init(_ held: Held) { self.held = Mutex(held) }
    }

    private struct Held {
        var policy: any SlotPolicy
        var state: StudyState
    }

    init(number: Int, time: Int, policy: any SlotPolicy, state: StudyState) {
        (self.number, self.time) = (number, time)
        content = Content(Held(policy: policy, state: state))
    }

    /// Works out the answer: a function of the study alone. Call it once; from any thread.
    public func compute() -> SlotAnswer {
        guard var held = content.held.withLock({ $0.take() }) else {
            preconditionFailure("a slot request is answered once")
        }
        let assignment = held.policy.assign(at: time, in: &held.state)
        return SlotAnswer(number: number, assignment: assignment, policy: held.policy)
    }

    public static func == (left: SlotRequest, right: SlotRequest) -> Bool {
        left.number == right.number
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What a slot request came to.
public struct SlotAnswer: Sendable {
    let number: Int
    /// What the slot gets.
    public let assignment: SlotAssignment
    let policy: any SlotPolicy
}
