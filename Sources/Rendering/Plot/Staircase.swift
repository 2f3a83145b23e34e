/// The border of what a front has attained in one panel.
///
/// Whatever lies beyond the stairs on their bad side is dominated by a point of the front. Between
/// two points the border therefore goes by the corner that is as bad as the worse of them in both
/// directions, and from the first and the last point on to the bad ends of the axes.
///
/// Source: the attainment surface of Fonseca and Fleming 1996.
struct Staircase {
    /// The corners and points, in units of the panel: 0 … 1 from left to right and from the bottom
    /// to the top.
    let line: [(x: Double, y: Double)]
    /// The corner of the panel that is worst in both directions.
    let worst: (x: Double, y: Double)

    /// - Parameter points: positions of the front's points, in units of the panel. Those that are
    ///   dominated here have no step of their own.
    /// - Complexity: O(n log n).
    init(
        through points: [(x: Double, y: Double)], xGoal: ScatterPlot.Goal, yGoal: ScatterPlot.Goal
    ) {
        // Turned so that more is better both ways; its own inverse.
        func turned(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
            (xGoal == .higher ? point.x : 1 - point.x, yGoal == .higher ? point.y : 1 - point.y)
        }
        var steps: [(x: Double, y: Double)] = []
        let sorted = points.map(turned).sorted { ($0.x, $0.y) > ($1.x, $1.y) }
        for point in sorted where steps.isEmpty || point.y > steps[steps.count - 1].y {
            steps.append((point.x, steps.last?.y ?? 0))
            steps.append(point)
        }
        if let last = steps.last { steps.append((0, last.y)) }
        line = steps.map(turned)
        worst = turned((0, 0))
    }
}
