extension StudyState {
    /// Continues with a definition that extends the one so far.
    ///
    /// Trials that were complete continue under a larger maximum. In studies that were extended by
    /// programs before format 3 they stayed complete.
    mutating func extend(to extended: StudyDefinition) throws {
        do { try extended.check() } catch {
            throw EventError(problem: "an extension: \(error)")
        }
        let refused = extended.changes(from: definition).filter { !$0.isExtension }
        guard refused.isEmpty else {
            throw EventError(problem: "an extension that changes \(refused[0].field)")
        }
        let isLonger = extended.hyperband.maxResource > definition.hyperband.maxResource
        earlierDefinitions.append(definition)
        definition = extended
        let ranking = extended.makeRungRanking()
        for bracket in rungs.indices {
            let levels = extended.hyperband.levels(ofBracket: bracket)
            rungs[bracket] += levels.dropFirst(rungs[bracket].count).map {
                Rung(level: $0, ranking: ranking)
            }
        }
        encoded?.extend(
            space: extended.space, hyperband: extended.hyperband,
            configurations: trials.map { extended.space.completed($0.configuration) })
        if isLonger, extended.continuesCompleted { reopenCompleted() }
        isStalled = extended.noGainLimit.map { withoutGain.count >= $0 } ?? false
    }

    /// The definition that the study continues with when another is asked for.
    ///
    /// A setting that is asked for as it was before the study was extended stays what it was extended
    /// to: the script has not changed. That holds for each by itself, so that one can be extended
    /// after the other. Who extends may take back by that what can be changed in both directions.
    func definition(askedFor asked: StudyDefinition, extending: Bool) -> StudyDefinition {
        var merged = asked
        merged.rules = definition.rules
        merged.hasTimeLimit = definition.hasTimeLimit
        merged.continuesCompleted = true
        keep(\.options.trialLimit, in: &merged)
        keep(\.options.stop.noGain, in: &merged)
        keep(\.options.budget, in: &merged)
        keepGracePeriod(in: &merged)
        keep(\.hyperband, in: &merged)
        guard !extending else { return merged }
        keep(\.options.retries, in: &merged)
        keep(\.options.onError, in: &merged)
        return merged
    }

    /// A grace period that is a model's default for another maximum was not asked for: the study keeps
    /// the one it has, so that the maximum can grow.
    private func keepGracePeriod(in asked: inout StudyDefinition) {
        let (old, new) = (definition.hyperband, asked.hyperband)
        func levels(gracePeriod: Resource?) -> Hyperband? {
            try? Hyperband(
                timeAttribute: new.timeAttribute, maxResource: new.maxResource,
                resolution: new.resolution, gracePeriod: gracePeriod,
                reductionFactor: new.reductionFactor, kind: .model)
        }
        guard old.kind == .model, new == levels(gracePeriod: nil),
            let kept = levels(gracePeriod: old.gracePeriod)
        else { return }
        asked.hyperband = kept
    }

    private func keep<Setting: Equatable>(
        _ setting: WritableKeyPath<StudyDefinition, Setting>, in asked: inout StudyDefinition
    ) {
        let value = asked[keyPath: setting]
        guard earlierDefinitions.contains(where: { $0[keyPath: setting] == value }) else { return }
        asked[keyPath: setting] = definition[keyPath: setting]
    }
}
