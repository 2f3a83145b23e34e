/// What the rows of a class weigh in training.
public enum ClassWeight: Sendable, Equatable, Codable {
    /// Inversely proportional to how many rows a class has: rows / (classes · rows of the class).
    case balanced
    /// By class, 1 for those that are not named.
    case table([ClassLabel: Double])
}
