/// Which reports keep what a script gave them to keep (`keep`).
public enum KeepRule: String, Hashable, Sendable, CaseIterable {
    /// Those on the front, as long as they are there.
    case front
    /// The best in each objective, as long as they are.
    case best
    case all
    case none
}
