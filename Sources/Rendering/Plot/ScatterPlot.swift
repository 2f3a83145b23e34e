/// All reports of a study against its objectives, with the front marked.
///
/// Two objectives give one panel, the first objective upwards and the second to the right, with the
/// front joined to the staircase that bounds what has been attained. One objective is drawn against
/// the resource, with a line for each trial. More than two give a panel for each pair.
///
/// ```swift
/// let plot = ScatterPlot(
///     title: "mnist",
///     objectives: [
///         .init("test_score", goal: .higher), .init("prediction_time", goal: .lower),
///     ],
///     resource: .init("epoch"), points: points)
/// try plot.svg().write(toFile: "front.svg", atomically: true, encoding: .utf8)
/// ```
///
/// Edge cases: a point with a value that is not finite is left out and counted in a note, one with a
/// value far beyond the others is drawn at the end of its axis and counted; axes without any point
/// are drawn empty.
package struct ScatterPlot: Sendable {
    /// What stands above the plot.
    package let title: String
    /// At least one, in the order of the points' values.
    package let objectives: [Axis]
    /// What trials spend, e.g. epochs.
    package let resource: Axis
    /// All reports.
    package let points: [Point]

    /// A plot of these reports.
    ///
    /// - Parameters:
    ///   - objectives: at least one.
    ///   - points: those of one trial in the order of their resources.
    package init(
        title: String, objectives: [Axis], resource: Axis, points: [Point]
    ) {
        precondition(!objectives.isEmpty, "a plot needs an objective")
        precondition(
            points.allSatisfy { $0.objectives.count == objectives.count },
            "a point with another number of objectives")
        self.title = title
        self.objectives = objectives
        self.resource = resource
        self.points = points
    }

    /// What is measured along one direction.
    package struct Axis: Sendable {
        /// The name of what is measured.
        package let label: String
        /// Which end is the good one; nil for a resource, which has none.
        package let goal: Goal?
        /// Which scale to draw it on.
        package let scale: ScaleKind

        /// An axis of that label.
        package init(_ label: String, goal: Goal? = nil, scale: ScaleKind = .automatic) {
            self.label = label
            self.goal = goal
            self.scale = scale
        }
    }

    /// Which end of an axis is the good one.
    package enum Goal: Sendable {
        /// Large values are better.
        case higher
        /// Small values are better.
        case lower
    }

    /// How values are mapped to an axis.
    package enum ScaleKind: Sendable {
        /// Logarithmic where the values are positive, span two powers of ten or more and a linear
        /// scale would press half of them into its lowest tenth; else linear.
        case automatic
        /// Equal differences take equal lengths.
        case linear
        /// Linear all the same where a value is not positive.
        case logarithmic
    }

    /// One report.
    package struct Point: Sendable {
        /// The id of its trial.
        package let trial: Int
        /// The resource used when it was reported.
        package let resource: Double
        /// One value for each objective, in their order, as reported.
        package let objectives: [Double]
        /// Whether no other report is better.
        package let isOnFront: Bool
        /// A word to write beside it, e.g. `knee`.
        package let label: String?

        /// A report; `objectives` has one value for each of the plot's.
        package init(
            trial: Int, resource: Double, objectives: [Double], isOnFront: Bool,
            label: String? = nil
        ) {
            self.trial = trial
            self.resource = resource
            self.objectives = objectives
            self.isOnFront = isOnFront
            self.label = label
        }
    }
}
