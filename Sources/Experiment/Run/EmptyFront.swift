internal import Engine

/// Why a study came to nothing though its trials did not fail: what its author should know.
extension StudyState {
    /// One sentence; nil where there is a front, or where trials that failed say it themselves.
    var emptyFrontWarning: String? {
        guard frontCount == 0 else { return nil }
        guard reportCount > 0 else {
            return trials.contains { $0.state == .completed } ? Self.noReport(definition) : nil
        }
        return "\(invalidValues): the front is empty"
    }

    private static func noReport(_ definition: StudyDefinition) -> String {
        let fields =
            ["\(definition.hyperband.timeAttribute) = n"]
            + definition.objectives.map { "\($0.name) = …" }
        return "no trial reported anything: train is given a reporter as its second argument, "
            + "call reporter { \(fields.joined(separator: ", ")) }"
    }

    /// Which objectives were never a finite number, or else what every report lacked.
    private var invalidValues: String {
        let rows = trials.flatMap { $0.reports.map { values(of: $0) } }
        let never = definition.objectives.enumerated().compactMap { index, objective -> String? in
            let own = rows.map { $0[index] }
            guard own.allSatisfy({ !$0.isFinite }) else { return nil }
            let what = own.allSatisfy(\.isNaN) ? "NaN" : "NaN or infinite"
            return "objective \"\(objective.name)\" was \(what) in \(Self.all(reportCount))"
        }
        return never.isEmpty
            ? "an objective was NaN or infinite in \(Self.all(reportCount))"
            : never.joined(separator: ", ")
    }

    private static func all(_ reports: Int) -> String {
        reports == 1 ? "the one report" : "all \(reports) reports"
    }
}
