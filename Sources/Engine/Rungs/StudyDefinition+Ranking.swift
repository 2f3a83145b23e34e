extension StudyDefinition {
    /// A ranking for a rung of the study, empty. Its points are costs and, behind them, violations of
    /// the constraints.
    package func makeRungRanking() -> any RungRanking {
        let ranking = ranking.makeRanking(
            objectives: objectives.map(\.name), seed: seed, rules: rules)
        guard !constraints.isEmpty else { return ranking }
        return ConstrainedRanking(
            ranking, objectives: objectives.count, constraints: constraints.count)
    }
}
