public import Engine

/// Runs trials step by step: from one report to the next.
///
/// A runner answers for any trial that was started, in any order between trials; what it answers
/// for one trial must not depend on when it is asked.
public protocol TrialRunner {
    /// What a trial does next.
    ///
    /// - Parameters:
    ///   - trial: its number.
    ///   - configuration: its configuration.
    ///   - resource: the resource of its last report; 0 at the start, and at that of each retry.
    mutating func step(
        trial: Int, configuration: Configuration, after resource: Resource
    ) -> TrialStep

    /// Seconds on the simulated clock that the step takes; 1 by default.
    func seconds(trial: Int, configuration: Configuration, after resource: Resource) -> Double
}

extension TrialRunner {
    /// 1.
    public func seconds(
        trial: Int, configuration: Configuration, after resource: Resource
    ) -> Double {
        1
    }
}

/// What a trial does next.
public enum TrialStep: Hashable, Sendable {
    /// It reports these fields, the resource among them.
    case report([Name: Value])
    /// It ends by itself.
    case ended(TrialEnd)
}

/// A trial as a known function of its configuration and the resource.
public struct FunctionRunner: TrialRunner {
    private let timeAttribute: String
    private let metrics: (Configuration, Int) -> [Name: Double]

    /// - Parameter metrics: the metrics at a resource; reported at 1, 2, 3 …
    public init(
        timeAttribute: String, metrics: @escaping (Configuration, Int) -> [Name: Double]
    ) {
        self.timeAttribute = timeAttribute
        self.metrics = metrics
    }

    /// Reports the metrics at the next resource; never ends by itself.
    public func step(
        trial: Int, configuration: Configuration, after resource: Resource
    ) -> TrialStep {
        let next = resource.whole + 1
        var fields = metrics(configuration, next).mapValues(Value.real)
        fields[Name(timeAttribute)] = .integer(next)
        return .report(fields)
    }
}
