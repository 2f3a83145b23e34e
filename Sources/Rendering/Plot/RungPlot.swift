/// How many trials came to each rung, and what became of them there.
package struct RungPlot: Sendable {
    /// One rung, or the end behind the last.
    package struct Rung: Sendable {
        /// The resource at which trials are compared, as it is printed.
        package let level: String
        /// How many continued.
        package let continued: Int
        /// How many wait.
        package let paused: Int
        /// How many were stopped.
        package let stopped: Int
        /// The resource that trials used between the rung below and this one, as it is printed.
        package let spent: String

        /// A rung.
        package init(level: String, continued: Int, paused: Int, stopped: Int, spent: String) {
            (self.level, self.continued, self.paused) = (level, continued, paused)
            (self.stopped, self.spent) = (stopped, spent)
        }

        var trials: Int { continued + paused + stopped }
        var parts: [(style: String, count: Int)] {
            [("completed", continued), ("paused", paused), ("stopped", stopped)]
        }
    }

    /// Rungs that trials go through one after the other.
    package struct Bracket: Sendable {
        /// What stands above them; empty where there is one bracket alone.
        package let name: String
        /// The lowest first.
        package let rungs: [Rung]
        /// The most resource of a trial, and what was spent behind the last rung.
        package let end: (level: String, spent: String)

        /// A bracket.
        package init(name: String, rungs: [Rung], end: (level: String, spent: String)) {
            (self.name, self.rungs, self.end) = (name, rungs, end)
        }
    }

    /// What stands above the plot.
    package let title: String
    /// The name of what trials spend.
    package let resource: String
    /// In order.
    package let brackets: [Bracket]

    /// A plot of these brackets.
    package init(title: String, resource: String, brackets: [Bracket]) {
        (self.title, self.resource, self.brackets) = (title, resource, brackets)
    }

    /// The plot as one self-contained SVG file.
    package func svg() -> String { RungFigure(self).svg() }
}
