/// What was decided about a trial at one rung, with the reason.
public struct Decision: Hashable, Sendable {
    /// What becomes of the trial.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        case `continue`
        case stop
        case pause
    }

    /// The trial's number.
    public let trial: Int
    /// The rung's level, which the report reached or passed.
    public let rung: Resource
    /// Its bracket, from 0.
    public let bracket: Int
    /// The resource of the report.
    public let resource: Resource
    /// What became of the trial.
    public let verdict: Verdict
    /// Why.
    public let standing: Standing
    /// When, on the virtual clock.
    public let time: Int

    /// A decision as a journal has kept it.
    package init(
        trial: Int, rung: Resource, bracket: Int, resource: Resource, verdict: Verdict,
        standing: Standing, time: Int
    ) {
        (self.trial, self.rung, self.bracket) = (trial, rung, bracket)
        (self.resource, self.verdict) = (resource, verdict)
        (self.standing, self.time) = (standing, time)
    }
}

/// A paused trial continues.
public struct Promotion: Hashable, Sendable {
    /// The trial's number.
    public let trial: Int
    /// The rung it was promoted from.
    public let rung: Resource
    /// Its bracket, from 0.
    public let bracket: Int
    /// Why.
    public let standing: Standing
    /// When, on the virtual clock.
    public let time: Int
    private let held: HeldReason

    /// What the model that chose the trial expected; nil where its standing decided.
    public var reason: SlotReason? { held.reason }

    /// A promotion as a journal has kept it.
    package init(
        trial: Int, rung: Resource, bracket: Int, standing: Standing, time: Int,
        reason: SlotReason? = nil
    ) {
        (self.trial, self.rung, self.bracket) = (trial, rung, bracket)
        (self.standing, self.time, held) = (standing, time, HeldReason(reason))
    }
}
