extension StudyDefinition {
    /// The configuration drawn at random for a trial, as the rules of the study draw it.
    ///
    /// - Complexity: O(parameters).
    func sample(trial: Int, attempt: Int) -> Configuration {
        space.sample(seed: seed, trial: trial, attempt: attempt, by: rules.drawing)
    }
}
