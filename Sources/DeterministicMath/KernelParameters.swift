/// What a Matérn-5/2 kernel over (configuration, level) is shaped by.
///
/// Two points at levels a and b with coordinates that differ by Δ have the squared distance
/// Σ (Δₖ / ℓₖ)² + (p_a − p_b)², where the position p of a level is the sum of the gaps below it.
package struct KernelParameters: Hashable, Sendable {
    /// ln ℓ for each coordinate, ln of the gap above each level but the last, ln of the noise.
    package let logarithms: [Double]
    /// How many coordinates there are.
    package let dimension: Int

    /// - Parameters:
    ///   - logarithms: `dimension` lengths, one gap less than there are levels, and the noise.
    ///   - dimension: how many coordinates there are.
    package init(logarithms: [Double], dimension: Int) {
        precondition(logarithms.count > dimension, "the noise comes last")
        (self.logarithms, self.dimension) = (logarithms, dimension)
    }

    /// 1 / ℓ² for each coordinate.
    package var inverseSquares: [Double] {
        logarithms[..<dimension].map { Elementary.exp(-2 * $0) }
    }

    /// The gap above each level but the last.
    package var gaps: [Double] {
        logarithms[dimension..<logarithms.count - 1].map(Elementary.exp)
    }

    /// The position of each level; that of the lowest is 0.
    package var positions: [Double] {
        gaps.reduce(into: [0]) { positions, gap in
            positions.append(positions[positions.count - 1] + gap)
        }
    }

    /// The variance of the noise, relative to that of the function.
    package var noise: Double { Elementary.exp(logarithms[logarithms.count - 1]) }
}
