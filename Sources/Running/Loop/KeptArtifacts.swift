internal import Engine
internal import Platform

/// What the reports of a study keep: takes it with a report, and drops it once a committed report no
/// longer has the place that the rule asks for.
///
/// What follows an interruption may be taken back, so nothing is dropped then.
struct KeptArtifacts {
    private let journal: any Journal
    private let rule: KeepRule
    /// The reports that keep something, each with what pays for it where that is in memory.
    private var keys: [Artifact.Key: MemoryCharge?] = [:]
    /// How many reports were committed when it was last trimmed.
    private var trimmed = -1

    init(_ journal: any Journal, rule: KeepRule) { (self.journal, self.rule) = (journal, rule) }

    /// Whether no report keeps anything.
    var isEmpty: Bool { keys.isEmpty }

    /// Finds what an earlier process has kept.
    mutating func begin() throws {
        for key in try journal.artifactKeys() { keys[key] = .some(nil) }
    }

    /// Takes what a report keeps; it becomes durable with the report.
    mutating func keep(_ artifact: Artifact) throws {
        let isInMemory = journal.location == .memory
        keys[artifact.key] =
            isInMemory
            ? try MemoryCharge.of(artifact.content.count, purpose: "what reports keep")
            : .some(nil)
        trimmed = -1
        try journal.keep(artifact)
    }

    /// All that is kept, of a journal in memory.
    var inMemory: [Artifact.Key: (artifact: Artifact, charge: MemoryCharge?)] {
        var all: [Artifact.Key: (artifact: Artifact, charge: MemoryCharge?)] = [:]
        for (key, charge) in keys {
            if let artifact = try? journal.artifact(key) { all[key] = (artifact, charge) }
        }
        return all
    }

    /// Drops what committed reports keep that have not the place for it.
    ///
    /// - Complexity: O(1) where no report was committed since, else O(front + reports that keep
    ///   something).
    mutating func trim(_ state: StudyState) throws {
        guard !keys.isEmpty, rule != .all, !state.isInterrupted, trimmed != state.reportCount
        else { return }
        trimmed = state.reportCount
        let places = places(in: state)
        for key in keys.keys where isCommitted(key, in: state) && !places.contains(key) {
            keys[key] = nil
            try journal.drop(key)
        }
    }

    private func isCommitted(_ key: Artifact.Key, in state: StudyState) -> Bool {
        guard let trial = state.trial(key.trial) else { return false }
        switch trial.state {
        case .running, .paused: return trial.resource >= key.resource
        // No report of theirs is committed any more.
        case .completed, .stopped, .failed: return true
        }
    }

    private func places(in state: StudyState) -> Set<Artifact.Key> {
        let points: [Point] =
            switch rule {
            case .front, .all: state.front()
            case .best: state.definition.objectives.compactMap { state.best(in: $0.name) }
            case .none: []
            }
        return Set(points.map { Artifact.Key(trial: $0.trial, resource: $0.resource) })
    }

    /// Whether a report of these fields may come to have a place.
    ///
    /// - Complexity: O(front).
    func mayKeep(_ fields: [Name: Value], in state: StudyState) -> Bool {
        Self.mayKeep(fields, in: state, under: rule)
    }

    /// As above, under a rule. A study that is behind gives true more often.
    static func mayKeep(
        _ fields: [Name: Value], in state: StudyState, under rule: KeepRule
    ) -> Bool {
        guard rule != .all, rule != .none else { return rule == .all }
        let objectives = state.definition.objectives
        let costs = objectives.map { $0.cost(fields[Name($0.name)]?.number?.double ?? .nan) }
        guard costs.allSatisfy(\.isFinite) else { return false }
        // What is within a tolerance may take another's place.
        guard rule == .front, objectives.allSatisfy({ $0.tolerance == 0 }) else { return true }
        return !state.front().contains { point in
            zip(objectives, zip(point.values, costs)).allSatisfy { $0.cost($1.0) <= $1.1 }
        }
    }
}
