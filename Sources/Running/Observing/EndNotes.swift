internal import Engine

/// What the author of an experiment should know of a study that came to something.
extension StudyState {
    /// How many reports count for nothing; nil where all count, or where none does.
    var invalidReportsNote: String? {
        guard frontCount > 0, invalidReportCount > 0 else { return nil }
        let objectives = definition.objectives
        var counts = objectives.map { _ in 0 }
        var invalid = 0
        for report in trials.lazy.flatMap(\.reports) {
            let values = values(of: report)
            guard values.contains(where: { !$0.isFinite }) else { continue }
            invalid += 1
            for (index, value) in values.enumerated() where !value.isFinite { counts[index] += 1 }
        }
        guard invalid > 0 else { return nil }
        let names = zip(objectives, counts).filter { $0.1 > 0 }.map { "\($0.0.name) in \($0.1)" }
        return "\(invalid) of \(reportCount) reports had an objective that was NaN or infinite "
            + "(\(names.joined(separator: ", "))): they rank last and are never on the front"
    }

    /// That no trial came to the end; nil where one did, or where none returned by itself.
    var earlyReturnNote: String? {
        let hyperband = definition.hyperband
        let completed = trials.filter { $0.state == .completed }
        // One report is no loop, and an empty front has other reasons.
        guard let last = completed.compactMap({ $0.reports.last?.resource }).max(),
            last < hyperband.maxResource, frontCount > 0,
            completed.contains(where: { $0.reports.count > 1 })
        else { return nil }
        return "train returned before max_t = \(hyperband.maxResource) in all trials that were not "
            + "stopped, at the latest at \(hyperband.timeAttribute) \(last): "
            + "is max_t = \(last) meant?"
    }
}
