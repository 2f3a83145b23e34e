/// What became of a trial, as pictures colour and mark it.
package enum TrialFate: String, Sendable, CaseIterable {
    /// It used all of the resource, or returned.
    case completed
    /// It was stopped at a rung, or with the study.
    case stopped
    /// It waits at a rung.
    case paused
    /// It runs.
    case running
    /// It raised an error.
    case failed
    /// It ran when the study was abandoned.
    case abandoned

    /// Adds the mark that ends a trial's curve to a path: a cross, two bars, a disc or a ring.
    func addMark(x: Double, y: Double, to svg: inout SVGWriter) {
        switch self {
        case .stopped, .failed:
            svg.markup("M")
            svg.pair(x - 2.5, y - 2.5)
            svg.markup("l5 5m0-5l-5 5")
        case .paused:
            svg.markup("M")
            svg.pair(x - 1.5, y - 3)
            svg.markup("v6m3-6v6")
        case .completed:
            // Two rings, since a line has no inside that would be filled.
            svg.markup("M")
            svg.pair(x - 2.4, y)
            svg.markup("a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0m1.2 0")
            svg.markup("a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0")
        case .running, .abandoned:
            svg.markup("M")
            svg.pair(x - 2.6, y)
            svg.markup("a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0")
        }
    }
}
