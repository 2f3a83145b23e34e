/// A report that made the hypervolume grow.
public struct HypervolumeStep: Hashable, Sendable {
    /// How many reports had been committed then, this one included.
    public let reports: Int
    /// The report.
    public let report: ReportReference
    /// When it was reported, on the virtual clock.
    public let time: Int
    /// The hypervolume from then on.
    public let hypervolume: Double
}

extension StudyState {
    /// How the hypervolume grew: every report that joined the front when it was committed, in that
    /// order. Between two steps it stays as it is. The last step has the front's hypervolume.
    ///
    /// - Parameter reference: one value for each objective; nil for `defaultReference`, that of all
    ///   reports so far, so that the steps can be compared with one another.
    /// - Throws: `SettingError` under the name `reference`.
    /// - Complexity: with two objectives O(log n) for each step.
    public func hypervolumeHistory(reference: [Double]? = nil) throws -> [HypervolumeStep] {
        let reference = try Pareto.checked(
            reference ?? defaultReference, objectives: definition.objectives)
        var volume = IncrementalHypervolume(
            reference: Pareto.costs(reference, definition.objectives))
        return archived.compactMap { joined in
            guard let report = self[joined.report] else { return nil }
            volume.insert(costs(of: report))
            return HypervolumeStep(
                reports: joined.number, report: joined.report, time: report.time,
                hypervolume: volume.volume)
        }
    }
}
