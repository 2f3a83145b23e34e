/// The parameters of the kernels that a decision used, one kernel for each objective and then for each
/// constraint.
public struct KernelFit: Hashable, Sendable {
    /// How many trials had a record when they were fitted.
    public let trials: Int
    /// The logarithms of lengths, gaps and noise, [kernels][parameters].
    public let logarithms: [[Double]]

    /// Parameters that were found with so many trials.
    public init(trials: Int, logarithms: [[Double]]) {
        (self.trials, self.logarithms) = (trials, logarithms)
    }
}
