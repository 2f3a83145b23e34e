/// What an earlier study found, as far as a new one learns from it (`warm_start`).
///
/// It is part of the new study's definition, so that the new study needs the earlier one no more: not
/// when it continues, is replayed, or is led on another machine.
public struct EarlierStudy: Hashable, Sendable {
    /// A report of a trial at a level of the new study.
    public struct Report: Hashable, Sendable {
        /// The resource that the trial had used.
        public let resource: Resource
        /// The new study's objectives, turned so that less is better; all finite.
        public let costs: [Double]

        /// A report at `resource`.
        public init(resource: Resource, costs: [Double]) {
            (self.resource, self.costs) = (resource, costs)
        }
    }

    /// A trial that has reported at a level.
    public struct Trial: Hashable, Sendable {
        /// In the earlier study's space.
        public let configuration: Configuration
        /// By increasing resource; at least one.
        public let reports: [Report]

        /// A trial with its reports.
        public init(configuration: Configuration, reports: [Report]) {
            (self.configuration, self.reports) = (configuration, reports)
        }
    }

    /// In the order in which they started.
    public let trials: [Trial]

    /// So many trials of a study are kept at most: as many as records train a model.
    package static let mostTrials = 64

    /// What the given trials found.
    public init(trials: [Trial]) { self.trials = trials }
}

extension EarlierStudy {
    /// Checks what a file may tell.
    ///
    /// - Throws: `SettingError` under the Lua name.
    func check(objectives: Int, field: String) throws {
        for trial in trials {
            let resources = trial.reports.map(\.resource)
            let isIncreasing = zip(resources, resources.dropFirst()).allSatisfy { $0 < $1 }
            guard resources.first.map({ $0 > 0 }) ?? false, isIncreasing else {
                throw SettingError(
                    field: field, expected: "reports of increasing resource",
                    got: "\(resources)")
            }
            for report in trial.reports
            where report.costs.count != objectives || !report.costs.allSatisfy(\.isFinite) {
                throw SettingError(
                    field: field, expected: "\(objectives) finite numbers in each report",
                    got: "\(report.costs)")
            }
        }
    }
}
