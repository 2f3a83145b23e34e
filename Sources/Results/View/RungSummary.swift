internal import Engine
internal import Rendering

/// What became of the trials that were decided about at one rung.
struct RungSummary: Equatable {
    /// The bracket, from 0.
    let bracket: Int
    /// The resource at which trials are compared.
    let level: Resource
    /// How many trials were decided about.
    var trials = 0
    /// How many of them reported a value that is not a finite number.
    var invalid = 0
    /// How many were stopped.
    var stopped = 0
    /// How many wait, or waited when the study ended.
    var paused = 0
    /// How many continued, at once or by a promotion.
    var continued = 0

    /// The rungs of a study: by bracket, in each from the lowest level on.
    ///
    /// - Complexity: O(decisions + promotions).
    static func all(of state: StudyState) -> [RungSummary] {
        let hyperband = state.definition.hyperband
        var summaries = (0..<hyperband.brackets).flatMap { bracket in
            hyperband.levels(ofBracket: bracket).map { RungSummary(bracket: bracket, level: $0) }
        }
        let places = Dictionary(
            summaries.enumerated().map { (Place(bracket: $1.bracket, level: $1.level), $0) }
        ) { first, _ in first }
        for trial in state.trials {
            for decision in trial.decisions {
                let place = Place(bracket: trial.bracket, level: decision.rung)
                if let index = places[place] { summaries[index].count(decision) }
            }
            for promotion in trial.promotions {
                let place = Place(bracket: trial.bracket, level: promotion.rung)
                guard let index = places[place] else { continue }
                summaries[index].paused -= 1
                summaries[index].continued += 1
            }
        }
        return summaries
    }

    /// The resource that the trials of a bracket used from one level to the next: up to the lowest, to
    /// each of the others, and last from the highest to the end.
    ///
    /// - Complexity: O(trials · levels).
    static func spent(in bracket: Int, of state: StudyState) -> [Resource] {
        let levels = state.definition.hyperband.levels(ofBracket: bracket)
        let used = state.trials.filter { $0.bracket == bracket }.map(\.resource)
        let starts: [Resource] = [0] + levels
        return starts.indices.map { index in
            used.reduce(0 as Resource) { sum, used in
                let end = index < levels.count ? min(used, levels[index]) : used
                return sum + max(0, end - starts[index])
            }
        }
    }

    private struct Place: Hashable {
        let bracket: Int
        let level: Resource
    }

    private mutating func count(_ decision: Decision) {
        trials += 1
        if decision.standing.isInvalid { invalid += 1 }
        switch decision.verdict {
        case .continue: continued += 1
        case .stop: stopped += 1
        case .pause: paused += 1
        }
    }

    /// The summary as an object.
    var json: JSONValue {
        .object([
            .init("bracket", JSONValue(bracket)), .init("level", JSONValue(level)),
            .init("trials", JSONValue(trials)), .init("invalid", JSONValue(invalid)),
            .init("stopped", JSONValue(stopped)), .init("paused", JSONValue(paused)),
            .init("continued", JSONValue(continued)),
        ])
    }
}
