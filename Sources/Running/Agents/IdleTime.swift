/// How long the slots of an agent have waited for decisions.
struct IdleTime {
    /// Seconds that trials waited in slots that nothing else could use.
    private var waited = 0.0
    /// A share that is worth a word.
    private static let limit = 0.1

    /// A trial waited since that moment.
    mutating func add(since: ContinuousClock.Instant) {
        waited += since.duration(to: .now) / .seconds(1)
    }

    /// What to tell the user; nil where little was lost, or nothing else can be chosen.
    ///
    /// - Parameters:
    ///   - seconds: how long the agent has run.
    ///   - isOrdered: reports are committed in the order of the virtual clock.
    func note(slots: Int, seconds: Double, isOrdered: Bool) -> String? {
        let share = waited / (seconds * Double(max(1, slots)))
        guard isOrdered, seconds > 1, share > Self.limit else { return nil }
        return
            "slots waited \(Int((100 * share).rounded())) % of the time for other trials, to keep "
            + "the virtual order; order = \"arrival\" does not wait"
    }
}
