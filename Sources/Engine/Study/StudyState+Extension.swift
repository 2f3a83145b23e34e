extension StudyState {
    /// Goes on with a definition that extends the one so far.
    ///
    /// Rungs that the larger maximum brings are empty: trials that were complete stay so.
    mutating func extend(to extended: StudyDefinition) throws {
        let refused = extended.changes(from: definition).filter { !$0.isExtension }
        guard refused.isEmpty else {
            throw EventError(problem: "an extension that changes \(refused[0].field)")
        }
        earlierDefinitions.append(definition)
        definition = extended
        let names = extended.objectives.map(\.name)
        let ranking = extended.ranking.makeRanking(objectives: names, seed: extended.seed)
        for bracket in rungs.indices {
            let levels = extended.hyperband.levels(ofBracket: bracket)
            rungs[bracket] += levels.dropFirst(rungs[bracket].count).map {
                Rung(level: $0, ranking: ranking)
            }
        }
        isStalled = extended.noGainLimit.map { withoutGain.count >= $0 } ?? false
    }

    /// What would have to change for the study to go on with a definition.
    ///
    /// Nothing does when the study was extended and this is what it was before, in another than its
    /// space: the script has not changed, and the study stays what it was extended to. Who extends it
    /// may take back by that what can be changed in both directions.
    func changes(to asked: StudyDefinition, extending: Bool) -> [DefinitionChange] {
        let changes = asked.changes(from: definition)
        if extending, changes.allSatisfy(\.isExtension) { return changes }
        let isKnown =
            earlierDefinitions.contains { asked.changes(from: $0).isEmpty }
            && asked.space.changes(from: definition.space).isEmpty
        return isKnown ? [] : changes
    }
}
