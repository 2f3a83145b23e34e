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
///     resource: .init("epoch"), trials: trials, points: points)
/// try plot.svg().write(toFile: "front.svg", atomically: true, encoding: .utf8)
/// ```
///
/// Edge cases: a point with a value that is not finite is left out and counted in a note; axes
/// without any point are drawn empty.
package struct ScatterPlot: Sendable {
    package let title: String
    package let objectives: [Axis]
    package let resource: Axis
    /// The names in the trials' details, in the order in which to show them.
    package let parameters: [String]
    package let trials: [Trial]
    package let points: [Point]

    /// - Parameters:
    ///   - objectives: at least one.
    ///   - parameters: what it does not name is shown behind it.
    ///   - trials: what is known of each trial; a point's trial may be missing here.
    ///   - points: those of one trial in the order of their resources.
    package init(
        title: String, objectives: [Axis], resource: Axis, parameters: [String] = [],
        trials: [Trial], points: [Point]
    ) {
        precondition(!objectives.isEmpty, "a plot needs an objective")
        precondition(
            points.allSatisfy { $0.objectives.count == objectives.count },
            "a point with another number of objectives")
        self.title = title
        self.objectives = objectives
        self.resource = resource
        self.parameters = parameters
        self.trials = trials
        self.points = points
    }

    /// What is measured along one direction.
    package struct Axis: Sendable {
        package let label: String
        /// Which end is the good one; nil for a resource, which has none.
        package let goal: Goal?
        package let scale: ScaleKind

        package init(_ label: String, goal: Goal? = nil, scale: ScaleKind = .automatic) {
            self.label = label
            self.goal = goal
            self.scale = scale
        }
    }

    package enum Goal: Sendable {
        case higher
        case lower
    }

    package enum ScaleKind: Sendable {
        /// Logarithmic where the values are positive, span two powers of ten or more and a linear
        /// scale would press half of them into its lowest tenth; else linear.
        case automatic
        case linear
        /// Linear all the same where a value is not positive.
        case logarithmic
    }

    package struct Trial: Sendable {
        package let id: Int
        /// The configuration, in the order in which to show it.
        package let details: [Detail]

        package init(id: Int, details: [Detail]) {
            self.id = id
            self.details = details
        }
    }

    /// One report.
    package struct Point: Sendable {
        /// The id of its trial.
        package let trial: Int
        package let resource: Double
        /// One value for each objective, in their order, as reported.
        package let objectives: [Double]
        /// What else was reported, in the order in which to show it.
        package let details: [Detail]
        package let isOnFront: Bool
        /// A word to write beside it, e.g. `knee`.
        package let label: String?

        package init(
            trial: Int, resource: Double, objectives: [Double], details: [Detail] = [],
            isOnFront: Bool, label: String? = nil
        ) {
            self.trial = trial
            self.resource = resource
            self.objectives = objectives
            self.details = details
            self.isOnFront = isOnFront
            self.label = label
        }
    }

    /// A name and its value, as text for people.
    package struct Detail: Equatable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}
