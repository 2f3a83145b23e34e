/// How a definition differs from an earlier one, in one setting.
public struct DefinitionChange: Hashable, Sendable, CustomStringConvertible {
    /// The setting, by its name in Lua; a parameter by its path.
    public let field: String
    /// What it was, and is now; nil where it was, or is, not there.
    public let before: String?
    public let now: String?
    /// Whether a study can go on with it: all that has happened could have happened under the new
    /// setting as well.
    public let isExtension: Bool

    public var description: String {
        switch (before, now) {
        case (nil, let now?): "\(field): was not there, is now \(now)"
        case (let before?, nil): "\(field): was \(before), is not there now"
        default: "\(field): was \(before ?? "none"), is now \(now ?? "none")"
        }
    }
}

extension StudyDefinition {
    /// Every setting that is not what it was in `old`, the name of the study apart.
    ///
    /// What can be extended: the number of trials, the limit of trials without gain, the maximum
    /// resource with the rungs below the old one as they were, domains that contain the old ones,
    /// constants, and what happens when a trial fails.
    public func changes(from old: StudyDefinition) -> [DefinitionChange] {
        var changes = space.changes(from: old.space)
        func compare<Setting: Equatable>(
            _ field: String, _ setting: (StudyDefinition) -> Setting,
            _ text: (Setting) -> String, extends: (_ before: Setting, _ now: Setting) -> Bool
        ) {
            let (before, now) = (setting(old), setting(self))
            guard before != now else { return }
            changes.append(
                .init(
                    field: field, before: text(before), now: text(now),
                    isExtension: extends(before, now)))
        }
        func fixed<Setting: Equatable>(
            _ field: String, _ setting: (StudyDefinition) -> Setting,
            _ text: (Setting) -> String = { "\($0)" }
        ) { compare(field, setting, text) { _, _ in false } }
        func limit(_ value: Int?) -> String { value.map { "\($0)" } ?? "no limit" }

        fixed("objectives", \.objectives) { $0.map(\.text).joined(separator: ", ") }
        fixed("seed", \.seed)
        compare("num_trials", \.trialLimit, limit) { ($0 ?? .max) <= ($1 ?? .max) }
        compare("stop.no_gain", \.noGainLimit, limit) { ($0 ?? .max) <= ($1 ?? .max) }
        fixed("parallel_trials", \.slots)
        fixed("time_attr", \.hyperband.timeAttribute)
        compare("max_t", \.hyperband.maxResource, { "\($0)" }) { $0 <= $1 }
        compare("rung_levels", \.hyperband.rungLevels, { "\($0)" }) { before, now in
            now.starts(with: before)
                && now.dropFirst(before.count).allSatisfy { $0 >= old.hyperband.maxResource }
        }
        fixed("reduction_factor", \.hyperband.reductionFactor)
        fixed("brackets", \.hyperband.brackets)
        fixed("type", \.hyperband.kind, \.rawValue)
        fixed("scalarization_options", \.ranking)
        fixed("searcher", \.searcher, \.rawValue)
        fixed("first_is_default", \.firstIsDefault)
        fixed("order", \.order, \.rawValue)
        compare("retries", \.retries, { "\($0)" }) { _, _ in true }
        compare("on_error", \.endsOnFailure, { $0 ? "stop" : "continue" }) { _, _ in true }
        return changes
    }
}

extension Objective {
    fileprivate var text: String {
        "\(name) \(direction.rawValue)" + (tolerance > 0 ? " (tolerance \(tolerance))" : "")
    }
}
