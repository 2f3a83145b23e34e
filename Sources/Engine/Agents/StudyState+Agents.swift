/// What an agent works out by itself, so that it asks only where something is to be decided.
extension StudyState {
    /// Whether a trial that reports at `resource` waits for a decision.
    ///
    /// - Parameter decided: every level up to it is known to be decided about, even where the study does
    ///   not say so yet.
    /// - Complexity: O(rungs).
    package func waits(_ trial: Trial, at resource: Resource, decided: Resource) -> Bool {
        rungs[trial.bracket].dropFirst(trial.rungEntries.count).contains { rung in
            rung.level > decided && rung.level <= resource
        }
    }

    /// The virtual time of a trial of this study that has come to `resource`.
    package func virtualTime(of trial: Trial, at resource: Resource) -> Int {
        trial.slotTime
            &+ definition.hyperband.steps(
                from: trial.slotResource, to: max(resource, trial.slotResource))
    }
}

extension StudyDefinition {
    /// Checks what a trial reports, as the decider will.
    ///
    /// - Parameter last: the trial's last resource.
    /// - Returns: the resource that is reported.
    /// - Throws: `ReportError` that names the first wrong field.
    package func check(
        report fields: [Name: Value], of trial: Int, after last: Resource
    ) throws -> Resource {
        try CheckedReport(fields, trial: trial, after: last, definition: self).resource
    }
}
