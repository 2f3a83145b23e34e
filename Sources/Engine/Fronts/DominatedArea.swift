/// The area that a growing set of points of two objectives dominates.
struct DominatedArea: Sendable {
    /// The staircase between two sentinels: x rises, y falls.
    private var corners: [(x: Double, y: Double)]
    private(set) var area = 0.0

    init(_ reference: [Double]) {
        corners = [(-.infinity, reference[1]), (reference[0], -.infinity)]
    }

    /// Adds a point that is better than the reference in both objectives.
    ///
    /// - Complexity: O(log n) and the moving of the corners behind it.
    mutating func insert(_ x: Double, _ y: Double) {
        let low = corners.partitioningIndex { $0.x > x }
        // The last corner not to the right of x is the lowest there.
        guard corners[low - 1].y > y else { return }
        let start = corners[low - 1].x == x ? low - 1 : low
        var end = start
        var height = corners[start - 1].y
        var left = x
        while true {
            let right = corners[end]
            area += (right.x - left) * (height - y)
            guard right.y >= y else { break }
            (left, height) = (right.x, right.y)
            end += 1
        }
        corners.replaceSubrange(start..<end, with: [(x, y)])
    }
}
