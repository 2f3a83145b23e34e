/// How a trial ended, other than at a rung.
public enum Outcome: Hashable, Sendable {
    /// It reached the maximum resource.
    case reachedMaximum
    /// Its `train` returned.
    case returned
    /// Its `train` raised an error.
    case failed(String)
    /// The study was ended while it ran.
    case interrupted
    /// It was ended alone, from outside: a user had no more use for it.
    case stopped
}
