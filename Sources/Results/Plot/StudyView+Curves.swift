internal import Engine
internal import Rendering

/// The study over the resource.
extension StudyView {
    /// Each objective over the resource, a line a trial.
    var curvePlot: CurvePlot {
        let front = frontTrials
        let hyperband = state.definition.hyperband
        let levels = (0..<hyperband.brackets).flatMap { hyperband.levels(ofBracket: $0) }
        return CurvePlot(
            title: "\(name): learning curves", objectives: objectiveAxes, resource: resourceName,
            rungs: Set(levels).sorted().map(\.double),
            maxResource: hyperband.maxResource.double,
            curves: state.trials.map { trial in
                .init(
                    trial: trial.id, fate: fate(of: trial), isOnFront: front.contains(trial.id),
                    points: trial.reports.map {
                        (resource: $0.resource.double, values: state.values(of: $0))
                    })
            })
    }

    /// How many trials came to each rung and what became of them.
    var rungPlot: RungPlot {
        let hyperband = state.definition.hyperband
        let all = RungSummary.all(of: state)
        let brackets = (0..<hyperband.brackets).map { bracket in
            let spent = RungSummary.spent(in: bracket, of: state)
            let rungs = all.filter { $0.bracket == bracket }
            return RungPlot.Bracket(
                name: hyperband.brackets > 1 ? "bracket \(bracket)" : "",
                rungs: zip(rungs, spent).map { rung, spent in
                    .init(
                        level: "\(rung.level)", continued: rung.continued, paused: rung.paused,
                        stopped: rung.stopped, spent: "\(spent)")
                }, end: ("\(hyperband.maxResource)", "\(spent.last ?? 0)"))
        }
        return RungPlot(title: "\(name): rungs", resource: resourceName, brackets: brackets)
    }

    /// The hypervolume over the reports; of one objective, its best value.
    var progressPlot: StepPlot {
        let values = (try? progress()) ?? []
        let isOne = objectives.count == 1
        return StepPlot(
            title: isOne ? "\(name): best so far" : "\(name): hypervolume", x: .init("reports"),
            y: isOne
                ? .init(
                    "best \(objectives[0].name)", goal: objectiveAxes[0].goal,
                    scale: .automatic) : .init("hypervolume", goal: .higher),
            series: [
                .init(
                    name: name, steps: values.map { (x: Double($0.step.reports), y: $0.value) },
                    end: Double(state.reportCount))
            ], startsAtZero: !isOne,
            notes: values.isEmpty ? ["No report counts for it yet."] : [])
    }

    /// How the study came to what it has: every report that joined the front, with the hypervolume from
    /// then on, or, of one objective, the best value.
    ///
    /// - Parameter reference: as for `hypervolume`.
    /// - Throws: as `hypervolumeHistory`.
    func progress(reference: [Double]? = nil) throws -> [(step: HypervolumeStep, value: Double)] {
        try hypervolumeHistory(reference: reference).map { step in
            guard objectives.count == 1, let report = state[step.report] else {
                return (step, step.hypervolume)
            }
            return (step, state.values(of: report)[0])
        }
    }
}
