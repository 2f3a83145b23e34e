/// What was decided about a trial at one rung, with the reason.
public struct Decision: Hashable, Sendable, Codable {
    /// What becomes of the trial.
    public enum Verdict: String, Hashable, Sendable, Codable {
        case goesOn = "continue"
        case stops = "stop"
        case pauses = "pause"
    }

    /// The trial's number.
    public let trial: Int
    /// The rung's level, which the report reached or passed.
    public let rung: Int
    /// Its bracket, from 0.
    public let bracket: Int
    /// The resource of the report.
    public let resource: Int
    /// What became of the trial.
    public let verdict: Verdict
    /// Why.
    public let standing: Standing
    /// When, on the virtual clock.
    public let time: Int
}

/// Where a trial stood in a rung at one moment.
public struct Standing: Hashable, Sendable, Codable {
    /// One more than the number of trials strictly ahead.
    public let rank: Int
    /// How many trials were recorded at the rung, itself included.
    public let outOf: Int
    /// How many of them may go on.
    public let quota: Int
    /// The best of the trials ahead, best first, at most `Standing.aheadLimit`.
    public let ahead: [Int]
    /// Whether an objective was NaN or infinite, which ranks behind every valid report.
    public let isInvalid: Bool

    /// An event stays of bounded size however large the rung.
    public static let aheadLimit = 5
}

/// A paused trial goes on.
public struct Promotion: Hashable, Sendable, Codable {
    /// The trial's number.
    public let trial: Int
    /// The rung it was promoted from.
    public let rung: Int
    /// Its bracket, from 0.
    public let bracket: Int
    /// Why.
    public let standing: Standing
    /// When, on the virtual clock.
    public let time: Int
}
