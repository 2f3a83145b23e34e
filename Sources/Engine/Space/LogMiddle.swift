/// The middle of a range in log space: the default of a domain with `log` that is given none.
enum LogMiddle {
    /// √lo · √hi of positive ends. Every processor rounds roots and products alike, and the product of
    /// the ends might overflow.
    static func of(_ lo: Double, _ hi: Double) -> Double { lo.squareRoot() * hi.squareRoot() }

    /// Whether a value is the middle but for rounding, on a grid a value nearest to it. Earlier programs
    /// took the system's logarithm, whose last bit may differ between processors.
    ///
    /// - Parameter step: of the grid, or 0.
    static func isNear(_ value: Double, from lo: Double, to hi: Double, step: Double) -> Bool {
        let middle = of(lo, hi)
        return abs(value - middle) <= 1e-12 * middle + step / 2 * (1 + 1e-9)
    }
}
