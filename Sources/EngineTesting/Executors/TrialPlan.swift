public import Engine

/// What a trial of the executors' suite does, for any executor to carry out.
public struct TrialPlan: Hashable, Sendable {
    /// One thing that a trial does.
    public enum Step: Hashable, Sendable {
        /// It reports `epoch` and `error`.
        case report(epoch: Int, error: Double)
        /// It reports `epoch` alone, which is refused. The error that its reporter raises ends the
        /// attempt.
        case wrongReport(epoch: Int)
        /// It raises an error of this message, which ends the attempt.
        case fail(String)
    }

    /// The steps of each attempt, in order; the last also those of further ones. A trial that comes to
    /// the end of its steps returns.
    public let attempts: [[Step]]

    /// Reports of all epochs to `last`, then the end given.
    static func reports(_ number: Int, to last: Int, then end: Step? = nil) -> [Step] {
        let epochs = last < 1 ? [] : Array(1...last)
        return epochs.map { epoch in
            // Few values, so that ties are common; the best trials change on the way.
            .report(
                epoch: epoch,
                error: Double((number * 7 + epoch / 3) % 11) + 1 / Double(epoch))
        } + [end].compactMap { $0 }
    }

    /// The steps of the attempt of that number, from 1.
    public func steps(ofAttempt attempt: Int) -> [Step] {
        attempts[max(0, min(attempt, attempts.count) - 1)]
    }
}

/// Carries out plans where trials are functions.
public struct PlanRunner: TrialRunner {
    private let study: ExecutorStudy
    /// By trial: which attempt it is in, and the step that comes next.
    private var places: [Int: (attempt: Int, step: Int)] = [:]

    /// A runner of the trials of a study.
    public init(_ study: ExecutorStudy) { self.study = study }

    /// The next step of the trial's attempt; `returned` where none is left.
    public mutating func step(
        trial: Int, configuration: Configuration, after resource: Resource
    ) -> TrialStep {
        var place = places[trial] ?? (0, 0)
        if resource == 0 { place = (place.attempt + 1, 0) }
        let steps = study.plan(for: configuration).steps(ofAttempt: place.attempt)
        let step = place.step < steps.count ? steps[place.step] : nil
        places[trial] = (place.attempt, place.step + 1)
        return step.map(Self.step) ?? .ended(.returned)
    }

    /// What a step is where trials are functions.
    public static func step(_ step: TrialPlan.Step) -> TrialStep {
        switch step {
        case .report(let epoch, let error):
            .report(["epoch": .integer(epoch), "error": .real(error)])
        case .wrongReport(let epoch): .report(["epoch": .integer(epoch)])
        case .fail(let message): .ended(.failed(message))
        }
    }
}
