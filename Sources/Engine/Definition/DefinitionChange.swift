/// How a definition differs from an earlier one, in one setting.
public struct DefinitionChange: Hashable, Sendable, CustomStringConvertible {
    /// The setting, by its name in Lua; a parameter by its path.
    public let field: String
    /// What it was; nil where it was not there.
    public let before: String?
    /// What it is; nil where it is not there any more.
    public let now: String?
    /// Whether a study can continue with it: what has happened stays as it was, and what comes
    /// follows the new setting.
    public let isExtension: Bool

    public var description: String {
        switch (before, now) {
        case (nil, let now): "\(field): was not there, is now \(now ?? "none")"
        case (let before?, nil): "\(field): was \(before), is not there now"
        case (let before?, let now?): "\(field): was \(before), is now \(now)"
        }
    }
}

extension StudyDefinition {
    /// Every setting that is not what it was in `old`, the name of the study apart.
    ///
    /// What can be extended: the number of trials, the budget, the limit of trials without gain, the maximum
    /// resource with the rungs below the old one as they were, domains that are wider or narrower than the
    /// old ones, new parameters, constants, and what happens when a trial fails.
    public func changes(from old: StudyDefinition) -> [DefinitionChange] {
        var comparison = Comparison(old: old, new: self, changes: space.changes(from: old.space))
        comparison.compareObjectives()
        comparison.compareLimits()
        comparison.compareHyperband()
        comparison.compareFailures()
        return comparison.changes
    }
}

/// Collects what differs between two definitions, setting by setting.
private struct Comparison {
    let old: StudyDefinition
    let new: StudyDefinition
    var changes: [DefinitionChange]

    mutating func compareObjectives() {
        add("objectives", \.objectives) { $0.map(\.text).joined(separator: ", ") }
        add("constraints", \.constraints) { constraints in
            constraints.isEmpty
                ? "none" : constraints.map(\.description).joined(separator: ", ")
        }
        add("scalarization_options", \.ranking)
        add("searcher", \.searcher, text: \.description)
        // What was given before has a new parameter at its default.
        let completed = old.initial.map(new.space.completed)
        if !new.space.areSame(new.initial, as: old.initial) {
            let isCompleted = new.space.areSame(new.initial, as: completed)
            add("initial", \.initial, isExtension: isCompleted) {
                "{" + $0.map { "{\($0)}" }.joined(separator: ", ") + "}"
            }
        }
        add("warm_start", \.earlier) { studies in
            "\(studies.reduce(0) { $0 + $1.trials.count }) earlier trials"
        }
        add("first_is_default", \.firstIsDefault)
        add("seed", \.seed)
        add("order", \.order, text: \.rawValue)
        add("parallel_trials", \.slots)
        add("rules", \.rules) { "\($0.rawValue)" }
    }

    mutating func compareLimits() {
        let trials = (old.trialLimit ?? .max) <= (new.trialLimit ?? .max)
        add("num_trials", \.trialLimit, isExtension: trials, text: Self.limit)
        let budget = (old.budget ?? .unlimited) <= (new.budget ?? .unlimited)
        add("budget", \.budget, isExtension: budget, text: Self.limit)
        let gain = (old.noGainLimit ?? .max) <= (new.noGainLimit ?? .max)
        add("stop.no_gain", \.noGainLimit, isExtension: gain, text: Self.limit)
    }

    mutating func compareHyperband() {
        let (before, now) = (old.hyperband, new.hyperband)
        add("time_attr", \.hyperband.timeAttribute)
        add("max_t", \.hyperband.maxResource, isExtension: before.maxResource <= now.maxResource)
        let onTop = now.rungLevels.dropFirst(before.rungLevels.count)
        let keepsLevels =
            now.rungLevels.starts(with: before.rungLevels)
            && onTop.allSatisfy { $0 >= before.maxResource }
        add("rung_levels", \.hyperband.rungLevels, isExtension: keepsLevels)
        add("resolution", \.hyperband.resolution)
        add("reduction_factor", \.hyperband.reductionFactor)
        add("brackets", \.hyperband.brackets)
        add("type", \.hyperband.kind, text: \.rawValue)
    }

    mutating func compareFailures() {
        add("retries", \.retries, isExtension: true)
        add("on_error", \.endsOnFailure, isExtension: true) { $0 ? "stop" : "continue" }
    }

    private mutating func add<Setting: Equatable>(
        _ field: String, _ setting: KeyPath<StudyDefinition, Setting>, isExtension: Bool = false,
        text: ((Setting) -> String)? = nil
    ) {
        let (before, now) = (old[keyPath: setting], new[keyPath: setting])
        guard before != now else { return }
        changes.append(
            DefinitionChange(
                field: field, before: text?(before) ?? "\(before)", now: text?(now) ?? "\(now)",
                isExtension: isExtension))
    }

    private static func limit(_ value: (some CustomStringConvertible)?) -> String {
        value.map { "\($0)" } ?? "no limit"
    }
}

extension Objective {
    fileprivate var text: String {
        "\(name) \(direction.rawValue)" + (tolerance > 0 ? " (tolerance \(tolerance))" : "")
    }
}
