internal import CDeterministicMath

/// Points stored coordinate by coordinate, so that loops run over many points at a time.
///
/// Invariant: `values` has shape [dimension][stride]; what stands past `count` in a row is 0.
package struct Columns: Sendable {
    /// How many coordinates a point has.
    package let dimension: Int
    /// How many points there are.
    package let count: Int
    /// The length of a row: `count` rounded up to a multiple of the lanes.
    package let stride: Int
    /// Shape [dimension][stride].
    package private(set) var values: [Double]

    /// - Parameter points: each of `dimension` coordinates.
    package init(_ points: [[Double]], dimension: Int) {
        self.dimension = dimension
        count = points.count
        stride = Self.stride(of: points.count)
        values = [Double](repeating: 0, count: dimension * stride)
        for (index, point) in points.enumerated() {
            for coordinate in 0..<dimension {
                values[coordinate * stride + index] = point[coordinate]
            }
        }
    }

    /// `count` rounded up to a multiple of the lanes.
    package static func stride(of count: Int) -> Int {
        let lanes = Int(DM_LANES)
        return (count + lanes - 1) / lanes * lanes
    }
}
