/// A report of a trial, by number.
public struct ReportReference: Hashable, Sendable {
    /// The trial's number.
    public let trial: Int
    /// Index in the trial's reports, from 0.
    public let index: Int

    /// The report number `index`, from 0, of a trial.
    public init(trial: Int, index: Int) { (self.trial, self.index) = (trial, index) }
}
