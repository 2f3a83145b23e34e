internal import Engine
internal import Rendering

/// A comparison of studies as a picture and as a page.
extension StudyComparison {
    /// The views that show several studies.
    package static let plots: [StudyPlot] = [.front, .hypervolume]

    /// A picture: the fronts over one another, or how the hypervolumes grew with the resource that was
    /// spent. One objective has no front that a picture could show: it is always how the best value
    /// became better.
    ///
    /// - Parameter plot: one of ``plots``.
    package func svg(_ plot: StudyPlot) -> String {
        plot == .front && objectives.count > 1 ? fronts.svg() : progress.svg()
    }

    private var fronts: FrontsPlot {
        FrontsPlot(
            title: "\(title): fronts", objectives: entries[0].view.objectiveAxes,
            fronts: entries.map { .init(name: $0.label, points: $0.front.map(\.values)) })
    }

    private var progress: StepPlot {
        let isOne = objectives.count == 1
        let axis = entries[0].view.objectiveAxes[0]
        return StepPlot(
            title: isOne ? "\(title): best so far" : "\(title): hypervolume",
            x: .init("\(resourceName)s spent"),
            y: isOne
                ? .init("best \(axis.label)", goal: axis.goal)
                : .init("hypervolume", goal: .higher),
            series: entries.map { entry in
                .init(
                    name: entry.label,
                    steps: entry.steps.map { (x: $0.spent.double, y: $0.value) },
                    end: entry.spent.double)
            }, startsAtZero: !isOne)
    }

    /// The page that compares the studies, one file.
    ///
    /// - Parameter home: the address of the page that lists all studies; nil where there is none.
    package func page(home: String? = nil) -> String {
        StudyPage(
            title: title, source: .document(json),
            plain: "<pre>\(escaped(text))</pre>\n\(svg(.front))", home: home
        ).html
    }
}
