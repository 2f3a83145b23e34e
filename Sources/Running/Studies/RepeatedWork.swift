internal import Engine

/// What trials of a resumed study compute again: what they have reported after their last checkpoints.
struct RepeatedWork: Equatable {
    /// Trials that repeat something, and how much of the resource they repeat together.
    struct Part: Equatable {
        var trials = 0
        var resource: Resource = 0

        /// Adds a trial that repeats so much; one that repeats nothing does not count.
        mutating func add(_ repeated: Resource) {
            guard repeated > 0 else { return }
            trials += 1
            resource += repeated
        }
    }

    /// Trials that were running: they repeat it at once.
    private(set) var running = Part()
    /// Trials that were paused: each repeats it when it continues, if it does.
    private(set) var paused = Part()
    private let timeAttribute: String

    /// - Parameters:
    ///   - study: has not begun to run.
    ///   - place: the study's file, beside which programs keep their checkpoints.
    /// - Throws: what the journal throws.
    init(of study: StudySession, programsIn place: String) throws {
        let state = study.state
        timeAttribute = state.definition.hyperband.timeAttribute
        guard state.endReason == nil else { return }
        let trials = state.trials.filter { $0.state == .running || $0.state == .paused }
        guard !trials.isEmpty else { return }
        let kept = try study.journal.checkpointResources(of: trials.map(\.id))
        let folder = TrialFolders.root(of: place)
        // Reports that came before the end and are not committed yet are repeated as well.
        var reported: [Int: Resource] = [:]
        for arrival in study.arrivals {
            reported[arrival.trial] = max(reported[arrival.trial] ?? 0, arrival.resource)
        }
        for trial in trials {
            let program = (try? KeptResource(in: "\(folder)/\(trial.id)").resource) ?? 0
            let end = max(trial.resource, reported[trial.id] ?? 0)
            let repeated = end - max(kept[trial.id] ?? 0, program)
            if trial.state == .running { running.add(repeated) } else { paused.add(repeated) }
        }
    }

    /// A line for the user; nil where nothing is repeated.
    var text: String? {
        let parts = [(running, "running", ""), (paused, "paused", " if they continue")].compactMap {
            part, kind, condition in
            part.trials == 0
                ? nil
                : "\(part.resource) by \(part.trials) \(kind) trial\(part.trials == 1 ? "" : "s")"
                    + condition
        }
        guard !parts.isEmpty else { return nil }
        let sum = running.resource + paused.resource
        let ending = sum == 1 ? "" : "s"
        let unit =
            timeAttribute == "epoch" ? "epoch\(ending)" : "unit\(ending) of \(timeAttribute)"
        return "\(sum) \(unit) will be repeated for want of checkpoints: "
            + parts.joined(separator: ", ")
    }
}
