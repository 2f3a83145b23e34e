/// Where a trial is in its life.
public enum TrialState: String, Hashable, Sendable, CaseIterable {
    case running
    /// Waits at a rung to be promoted.
    case paused
    /// Reached the maximum resource, or its `train` returned.
    case completed
    /// Lost at a rung, or ran when the study was ended.
    case stopped
    /// Raised an error.
    case failed
}

/// One configuration and what became of it.
public struct Trial: Hashable, Sendable, Identifiable {
    /// From 1 on, in the order of the starts.
    public let id: Int
    /// The values it tries.
    public let configuration: Configuration
    /// Where they come from.
    public let origin: Origin
    let held: HeldReason
    /// The bracket it was put into, from 0.
    public let bracket: Int
    /// Where it is in its life.
    public internal(set) var state = TrialState.running
    /// In order of resource.
    public internal(set) var reports: [Report] = []
    /// What was decided about it at the rungs, in order.
    public internal(set) var decisions: [Decision] = []
    /// Where it was promoted, in order.
    public internal(set) var promotions: [Promotion] = []
    /// The messages of the attempts that failed and were followed by another, in order.
    public internal(set) var failures: [String] = []
    /// The resource of the last report before each of them; 0 before the first.
    public internal(set) var failureResources: [Resource] = []
    /// How it ended; nil as long as it has not, or was stopped at a rung.
    public internal(set) var outcome: Outcome?
    /// The maximum resource in force when it ended, other than at a rung: the study may have been
    /// extended since.
    public internal(set) var endMaximum: Resource?
    /// When it got its first slot, on the virtual clock.
    public let startTime: Int
    /// When it got the slot it has, or had last, on the virtual clock.
    public internal(set) var slotTime: Int
    /// The resource it had used when it got that slot.
    public internal(set) var slotResource: Resource = 0
    /// Its number in each rung it has been recorded in, from its bracket's lowest on.
    var rungEntries: [Int] = []

    /// Why it got its first slot; nil where no model decided.
    public var startReason: SlotReason? { held.reason }

    /// The resource of the last report; 0 before the first.
    public var resource: Resource { reports.last?.resource ?? 0 }

    /// The message it failed with.
    public var error: String? {
        if case .failed(let message) = outcome { message } else { nil }
    }
}
