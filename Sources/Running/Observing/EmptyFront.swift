internal import Engine

/// Why a study came to nothing though its trials did not fail: what its author should know.
extension StudyState {
    /// One sentence; nil where there is a front, or where trials that failed say it themselves.
    var emptyFrontWarning: String? {
        guard frontCount == 0 else { return nil }
        guard reportCount > 0 else {
            return trials.contains { $0.state == .completed } ? Self.noReport(definition) : nil
        }
        guard infeasibleReportCount == 0 else { return "\(unkept): the front is empty" }
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
        var areAllNaN = objectives.map { _ in true }
        var wasFinite = objectives.map { _ in false }
        for report in trials.lazy.flatMap(\.reports) {
            for (index, value) in values(of: report).enumerated() {
                if !value.isNaN { areAllNaN[index] = false }
                if value.isFinite { wasFinite[index] = true }
            }
        }
        let never = objectives.indices.filter { !wasFinite[$0] }.map { index in
            "objective \"\(objectives[index].name)\" was "
                + "\(areAllNaN[index] ? "NaN" : "NaN or infinite") in \(Self.all(reportCount))"
        }
        return never.isEmpty
            ? "an objective was NaN or infinite in \(Self.all(reportCount))"
            : never.joined(separator: ", ")
    }

    /// Which constraints no report kept, or else that none kept all.
    private var unkept: String {
        let reports = trials.lazy.flatMap(\.reports).filter { isValid($0) }
        var wasKept = definition.constraints.map { _ in false }
        for report in reports {
            for (index, violation) in violations(of: report).enumerated() where violation == 0 {
                wasKept[index] = true
            }
        }
        let never = zip(definition.constraints, wasKept).filter { !$0.1 }.map {
            "\"\($0.0.description)\""
        }
        return never.isEmpty
            ? "no report kept all constraints"
            : "no report kept the constraint \(never.joined(separator: " or "))"
    }

    private var objectives: [Objective] { definition.objectives }

    private static func all(_ reports: Int) -> String {
        reports == 1 ? "the one report" : "all \(reports) reports"
    }
}
