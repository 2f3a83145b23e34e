internal import Engine

/// Up to five studies of the same objectives, over one another.
///
/// All share one reference point, the default one of all reports that joined a front, so that their
/// hypervolumes can be compared.
package struct StudyComparison: Sendable {
    /// One of the studies.
    package struct Entry: Sendable {
        /// What it is called here; no other is called so.
        package let label: String
        /// The study.
        let view: StudyView
        /// Its front, best in the first objective first.
        let front: [Point]
        /// How many points of it are on the front of all studies together.
        let common: Int
        /// How the front grew: every report that joined it, the resource that all trials had spent by
        /// then, and the hypervolume from then on; of one objective the best value.
        let steps: [(step: HypervolumeStep, spent: Resource, value: Double)]
        /// The resource of all reports.
        let spent: Resource
        /// The hypervolume of the front.
        let volume: Double
    }

    /// So many can be told apart in one picture.
    package static let limit = 5

    /// In the order in which they were given.
    package let entries: [Entry]
    /// The hypervolume of the front of all studies together.
    let volume: Double

    /// What the values mean, the same in all of them.
    var objectives: [Objective] { entries[0].view.objectives }
    /// What the trials of the first spend.
    var resourceName: String { entries[0].view.resourceName }

    /// Compares studies.
    ///
    /// - Parameter studies: each with the file it is from.
    /// - Throws: `ComparisonError`.
    /// - Complexity: O(reports · log reports), and what the hypervolumes take.
    package init(_ studies: [(path: String, view: StudyView)]) throws {
        try Self.check(studies)
        let objectives = studies[0].view.objectives
        let joined = studies.map { study in
            let state = study.view.state
            return state.joinedFront.compactMap { state[$0].map(state.values) }
        }
        let reference = Pareto.defaultReference(joined.flatMap(\.self), objectives: objectives)
        let fronts = studies.map { $0.view.front() }
        let all = fronts.flatMap { $0.map(\.values) }
        let common = Set(
            Pareto.front(all, objectives: objectives).map { all[$0] })
        let labels = Self.labels(studies)
        entries = try studies.indices.map { index in
            let view = studies[index].view
            let spending = FrontTrace.spending(of: view.state)
            return Entry(
                label: labels[index], view: view, front: fronts[index],
                common: fronts[index].count { common.contains($0.values) },
                steps: try view.progress(reference: reference).map { step, value in
                    (step, spending[min(step.reports, spending.count) - 1], value)
                }, spent: spending.last ?? 0,
                volume: try view.hypervolume(reference: reference))
        }
        volume =
            (try? Pareto.hypervolume(
                all.filter(common.contains), objectives: objectives, reference: reference)) ?? 0
    }

    private static func check(_ studies: [(path: String, view: StudyView)]) throws {
        guard studies.count <= limit else { throw ComparisonError.tooMany(studies.count) }
        guard let first = studies.first else { throw ComparisonError.none }
        let expected = words(first.view.objectives)
        for study in studies {
            let own = words(study.view.objectives)
            guard own == expected else {
                throw ComparisonError.objectives(
                    path: study.path, expected: expected, of: first.path, got: own)
            }
        }
    }

    /// `accuracy MAX, seconds MIN`
    static func words(_ objectives: [Objective]) -> String {
        objectives.map { "\($0.name) \($0.direction.rawValue)" }.joined(separator: ", ")
    }

    /// The studies' names; where two have one name, their files'.
    private static func labels(_ studies: [(path: String, view: StudyView)]) -> [String] {
        let names = studies.map(\.view.name)
        guard Set(names).count < names.count else { return names }
        let files = studies.map { study in
            let file = study.path.split(separator: "/").last.map(String.init) ?? study.path
            return file.hasSuffix(".db") ? String(file.dropLast(3)) : file
        }
        return Set(files).count < files.count ? studies.map(\.path) : files
    }
}

/// Why studies cannot be compared.
package enum ComparisonError: Error, Hashable, CustomStringConvertible {
    /// There is none.
    case none
    /// So many cannot be told apart.
    case tooMany(Int)
    /// A study has other objectives than the first, or has them in another order.
    case objectives(path: String, expected: String, of: String, got: String)

    package var description: String {
        switch self {
        case .none: "expected a study, got none"
        case .tooMany(let count):
            "expected at most \(StudyComparison.limit) studies to compare, got \(count)"
        case .objectives(let path, let expected, let first, let got):
            "\(path): expected the objectives of \(first), \(expected), in this order; got \(got)"
        }
    }
}
