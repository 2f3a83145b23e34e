/// A line a trial across its parameters and what it reached, with some of them marked.
package struct ParallelPlot: Sendable {
    /// One of the upright axes.
    package struct Axis: Sendable {
        /// What it shows, with the better end of an objective.
        package let axis: ScatterPlot.Axis
        /// The words it shows in place of numbers, from the bottom; empty for numbers.
        package let words: [String]

        /// An axis of numbers, or of words.
        package init(_ axis: ScatterPlot.Axis, words: [String] = []) {
            (self.axis, self.words) = (axis, words)
        }
    }

    /// Where a trial crosses an axis.
    package enum Value: Sendable {
        /// At a number.
        case number(Double)
        /// At a word.
        case word(String)
        /// Below the axis: it has no such value.
        case none
    }

    /// One trial.
    package struct Line: Sendable {
        /// The trial's number.
        package let trial: Int
        /// Whether it is marked.
        package let isMarked: Bool
        /// One for each axis.
        package let values: [Value]

        /// The line of a trial.
        package init(trial: Int, isMarked: Bool, values: [Value]) {
            (self.trial, self.isMarked, self.values) = (trial, isMarked, values)
        }
    }

    /// What stands above the plot.
    package let title: String
    /// From the left.
    package let axes: [Axis]
    /// In the order of the trials.
    package let lines: [Line]
    /// What the legend says of those that are marked: "on the Pareto front".
    package let marked: String
    /// What else is to be said, a line each.
    package let notes: [String]

    /// A plot of these lines; each has a value for each axis.
    package init(
        title: String, axes: [Axis], lines: [Line], marked: String, notes: [String] = []
    ) {
        (self.title, self.axes, self.lines) = (title, axes, lines)
        (self.marked, self.notes) = (marked, notes)
    }

    /// The plot as one self-contained SVG file. Beyond 1,500 trials an even sample is drawn besides those
    /// that are marked, and a note says so.
    ///
    /// - Complexity: O(trials · axes).
    package func svg() -> String { ParallelFigure(self).svg() }
}
