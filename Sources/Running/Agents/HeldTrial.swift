internal import Engine

/// A trial that an agent has.
struct HeldTrial {
    /// What it does.
    enum Phase {
        /// It waits for a slot to begin in.
        case unstarted
        case computing
        /// It has reported and computes on once that is on the board.
        case sending(serial: Int)
        /// It has reached the end of the scale, and is complete once that is on the board.
        case completing(serial: Int)
        /// It has reported, and is told what becomes of it.
        case waiting
        /// It has lost its slot on the virtual clock.
        case paused
        /// It may compute on, and waits for a slot of the agent's.
        case ready(since: ContinuousClock.Instant)
    }

    var phase = Phase.unstarted
    var attempt: Int
    /// The serial number of the last order that was carried out.
    var serial: Int
    /// Whether it has one of the agent's slots.
    var hasSlot = false
    /// Whether its coroutine was begun.
    var hasBegun = false
    /// The resource of its last report here.
    var reported: Resource = 0
    /// Every level up to it is decided about.
    var decided: Resource = 0
    /// The report that it waits for an answer to.
    var asked: TrialMessage?
    /// What it would start again from.
    var checkpoint: Checkpoint?
    /// A checkpoint that goes with its next message.
    var unsent: [UInt8]?
    /// Since when it waits in its slot.
    var since = ContinuousClock.now

    init(_ order: AgentOrder) { (attempt, serial) = (order.attempt, order.serial) }

    var isWaiting: Bool { if case .waiting = phase { true } else { false } }

    /// Since when it waits for a slot of the agent's; nil where it does not.
    var readySince: ContinuousClock.Instant? {
        if case .ready(let since) = phase { since } else { nil }
    }

    /// Whether it would take a slot of the agent's.
    var wantsSlot: Bool {
        switch phase {
        case .unstarted, .ready: !hasSlot
        case .computing, .sending, .completing, .waiting, .paused: false
        }
    }
}
