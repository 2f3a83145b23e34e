/// Why a free slot went to a trial: which rule decided, and what the model expected.
///
/// Costs are the objectives turned so that less is better.
public struct SlotReason: Hashable, Sendable {
    /// Which rule decided.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// Too few trials have a record, or have started.
        case few
        /// The first trial runs through, so that its values at the maximum are known.
        case first
        /// A new trial is drawn at random now and then.
        case random
        /// A share of each level continues.
        case due
        /// The greatest index.
        case index
        /// No new trial can start, and nothing is known to compare the paused ones by.
        case lowest
        /// Nothing can start or continue.
        case nothing
    }

    /// What the model expects of a paused trial or of a configuration.
    public struct Expectation: Hashable, Sendable {
        /// The trial; nil for a configuration that would be new.
        public let trial: Int?
        /// The expected gain for a unit of cost.
        public let index: Double
        /// The resource it is judged at.
        public let resource: Resource
        /// What each cost is expected to be there.
        public let costs: [Double]
        /// How far from that each cost is likely to be: half of the width of an interval of one
        /// standard deviation to each side.
        public let deviations: [Double]
        /// How likely it is to keep all constraints there; nil where there are none.
        public let feasibility: Double?

        /// What was expected, with a cost and a deviation for each objective.
        public init(
            trial: Int?, index: Double, resource: Resource, costs: [Double], deviations: [Double],
            feasibility: Double? = nil
        ) {
            self.feasibility = feasibility
            (self.trial, self.index, self.resource) = (trial, index, resource)
            (self.costs, self.deviations) = (costs, deviations)
        }
    }

    /// Which rule decided.
    public var rule: Rule
    /// What was expected of the trial that got the slot; nil where no model decided.
    public var chosen: Expectation?
    /// What came second; nil where there was nothing else.
    public var runnerUp: Expectation?
    /// How many paused trials were compared.
    public var compared: Int
    /// The kernels' parameters where they were fitted for this decision.
    public var fit: KernelFit?

    /// A reason.
    public init(
        _ rule: Rule, chosen: Expectation? = nil, runnerUp: Expectation? = nil,
        compared: Int = 0, fit: KernelFit? = nil
    ) {
        (self.rule, self.chosen, self.runnerUp) = (rule, chosen, runnerUp)
        (self.compared, self.fit) = (compared, fit)
    }
}

/// A reason, or none, in one word: few of a study's many events have one.
struct HeldReason: Hashable, Sendable {
    private final class Box: Hashable, Sendable {
        let reason: SlotReason
        init(_ reason: SlotReason) { self.reason = reason }
        static func == (left: Box, right: Box) -> Bool {
            left === right || left.reason == right.reason
        }
        func hash(into hasher: inout Hasher) { hasher.combine(reason.rule) }
    }

    private let box: Box?

    init(_ reason: SlotReason?) { box = reason.map(Box.init) }

    var reason: SlotReason? { box?.reason }
}
