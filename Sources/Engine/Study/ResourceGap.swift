/// A place in a trial's reports where some seem to be missing: the trial continued behind them.
///
/// A trial may report after any steps it likes. So a step is a gap only if it is longer than the steps
/// around it, and most of the other trials that came as far reported within it. Where resources are
/// measured no two steps are equal: with fractions a step is a gap only if most steps of its trial are
/// equal, but for rounding, and it is longer by half.
public struct ResourceGap: Hashable, Sendable, CustomStringConvertible {
    /// The trial.
    public let trial: Int
    /// The resource of the last report before it; 0 where there is none.
    public let after: Resource
    /// The resource of the first report behind it.
    public let before: Resource

    public var description: String {
        "trial \(trial): expected reports between the resources \(after) and \(before), as its other "
            + "steps have, got none"
    }
}

extension StudyState {
    /// The gaps in the reports of all trials, in order.
    ///
    /// - Complexity: O(reports), and O(trials · log reports) for each step that is longer than those
    ///   around it.
    public var resourceGaps: [ResourceGap] {
        let resources = trials.map { $0.reports.map(\.resource) }
        return trials.indices.flatMap { index in
            Self.longSteps(resources[index], of: definition.hyperband.resolution)
                .filter { step in
                    let others = resources.indices.filter {
                        $0 != index && (resources[$0].last ?? 0) >= step.upperBound
                    }
                    let reporting = others.filter { Self.reports(resources[$0], within: step) }
                    return others.isEmpty || 2 * reporting.count > others.count
                }
                .map { step in
                    ResourceGap(
                        trial: trials[index].id, after: step.lowerBound, before: step.upperBound)
                }
        }
    }

    /// The steps that are longer than the one before and the one behind, where there is one.
    private static func longSteps(_ resources: [Resource], of unit: Resource) -> [Range<Resource>] {
        let bounds = [0] + resources
        guard let shortest = shortestGap(zip(bounds, resources).map { $1 - $0 }) else { return [] }
        return bounds.indices.dropFirst().compactMap { index in
            let length = bounds[index] - bounds[index - 1]
            let before = index > 1 ? bounds[index - 1] - bounds[index - 2] : nil
            let behind = index + 1 < bounds.count ? bounds[index + 1] - bounds[index] : nil
            let neighbours = [before, behind].compactMap { $0 }
            guard length > unit, length.double >= shortest, !neighbours.isEmpty,
                neighbours.allSatisfy({ length > $0 })
            else {
                return nil
            }
            return bounds[index - 1]..<bounds[index]
        }
    }

    /// How long a step has to be for a gap; nil where steps of no length tell of one.
    private static func shortestGap(_ steps: [Resource]) -> Double? {
        guard steps.contains(where: { $0.fraction > 0 }) else { return 0 }
        let lengths = steps.map(\.double).sorted()
        let median = lengths[lengths.count / 2]
        let equal = lengths.count { abs($0 - median) <= 1e-6 * median }
        return 2 * equal > lengths.count ? 1.5 * median : nil
    }

    /// Whether a report lies strictly between the bounds.
    private static func reports(_ resources: [Resource], within step: Range<Resource>) -> Bool {
        var (low, high) = (0, resources.count)
        while low < high {
            let middle = (low + high) / 2
            if resources[middle] > step.lowerBound { high = middle } else { low = middle + 1 }
        }
        return low < resources.count && resources[low] < step.upperBound
    }
}
