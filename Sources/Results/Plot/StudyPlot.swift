internal import Engine
internal import Platform
internal import Rendering

/// The pictures there are of a study; each is a view of the page as well.
package enum StudyPlot: String, Sendable, CaseIterable {
    /// All reports with the front marked.
    case front
    /// Each objective over the resource.
    case curves
    /// A line a trial across its parameters and objectives.
    case parallel
    /// How much each parameter matters.
    case importance
    /// How the hypervolume grew; of one objective, how the best value did.
    case hypervolume
    /// What became of the trials at each rung.
    case rungs
    /// Who had a slot when.
    case timeline

    /// The picture of that name.
    ///
    /// - Throws: `UnknownPlot`.
    package init(named name: String) throws {
        guard let plot = StudyPlot(rawValue: name) else { throw UnknownPlot(name: name) }
        self = plot
    }
}

/// A name that no picture has.
package struct UnknownPlot: Error, Hashable, CustomStringConvertible {
    /// What was given.
    package let name: String

    /// That no picture has this name.
    package init(name: String) { self.name = name }

    /// What was expected, what was got, and what was probably meant.
    package var description: String {
        let names = StudyPlot.allCases.map(\.rawValue)
        let hint = nearestName(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
        return "expected one of \(names.map { "\"\($0)\"" }.joined(separator: ", ")), "
            + "got \"\(name)\"\(hint)"
    }
}

extension StudyView {
    /// A picture of the study as SVG.
    ///
    /// - Complexity: O(reports), and for `importance` and `parallel` what the importance takes.
    package func svg(_ plot: StudyPlot) -> String {
        switch plot {
        case .front: self.plot.svg()
        case .curves: curvePlot.svg()
        case .parallel: parallelPlot.svg()
        case .importance: importancePlot.svg()
        case .hypervolume: progressPlot.svg()
        case .rungs: rungPlot.svg()
        case .timeline: timelinePlot.svg()
        }
    }

    /// The objectives as axes of pictures.
    var objectiveAxes: [ScatterPlot.Axis] {
        objectives.map { .init($0.name, goal: $0.direction == .maximize ? .higher : .lower) }
    }

    /// What became of a trial, as pictures colour it.
    func fate(of trial: Trial) -> TrialFate {
        TrialFate(rawValue: word(for: trial.state)) ?? .running
    }

    /// The trials with a report on the front.
    var frontTrials: Set<Int> { Set(front().map(\.trial)) }
}
