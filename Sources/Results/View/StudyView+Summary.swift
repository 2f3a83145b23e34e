internal import Engine
internal import Rendering

/// A study in a few words.
extension StudyView {
    /// The summary, the best of each objective and the knee.
    package var description: String {
        let width = objectives.map(\.name.count).max() ?? 0
        let best = objectives.enumerated().compactMap { index, objective -> String? in
            self.best(in: objective.name).map { point in
                let name = objective.name.padding(to: width)
                return "  best \(name)  \(readable(point.values[index]))  (\(place(of: point)))"
            }
        }
        let knee =
            objectives.count < 2
            ? nil
            : self.knee().map { point in
                let values = zip(objectives, point.values).map { "\($0.name) \(readable($1))" }
                return "  knee  \(values.joined(separator: ", "))  (\(place(of: point)))"
            }
        return ([summary] + best + [knee].compactMap { $0 }).joined(separator: "\n")
    }

    /// `trial 3, epoch 9`
    private func place(of point: Point) -> String {
        "trial \(point.trial), \(resourceName) \(point.resource)"
    }

    /// One line, for the log: how the study ended and what came of it.
    package var summary: String {
        let trials = state.trials
        var numbers: [TrialState: Int] = [:]
        for trial in trials { numbers[trial.state, default: 0] += 1 }
        let counts = TrialState.allCases.compactMap { kind in
            numbers[kind].map { "\($0) \(word(for: kind))" }
        }
        let counted = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
        return
            "\(name): \(trials.count) trial\(trials.count == 1 ? "" : "s")\(counted), "
            + "\(state.reportCount) report\(state.reportCount == 1 ? "" : "s"), "
            + "\(state.frontCount) on the front"
            + ((state.endReason?.sentence ?? abandonment).map { "; \($0)" } ?? "")
    }

    private var abandonment: String? {
        isAbandoned && isIntact ? "it was abandoned before its end" : nil
    }

    /// A trial's state in a word: `abandoned` where it ran when the study's program ended.
    func word(for state: TrialState) -> String {
        state == .running && isAbandoned ? StudyEntry.State.abandoned.rawValue : state.rawValue
    }

    /// What became of a trial and why, a sentence a line; nil when there is no such trial.
    package func explanation(of trial: Int) -> String? {
        sentences(about: trial)?.joined(separator: "\n")
    }

    /// What became of a trial and why, a sentence for each step; nil when there is no such trial.
    package func sentences(about trial: Int) -> [String]? {
        guard let explanation = state.explain(trial), let trial = state.trial(trial) else {
            return nil
        }
        let text = ExplanationText(state, isAbandoned: isAbandoned)
        return explanation.steps.map { text.sentence(for: $0, of: trial) }
    }
}

extension String {
    /// The string with spaces behind it, to `width` characters.
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
