internal import DeterministicMath

/// Logarithms of ratios near 1 and their inverse, with the same bits on every processor.
enum LogScale {
    /// ln(1 + x) for a finite x of at least 0, to a few units in the last place.
    ///
    /// Source: Kahan; in Goldberg 1991, "What every computer scientist should know about
    /// floating-point arithmetic", theorem 4.
    static func log(onePlus x: Double) -> Double {
        let sum = 1 + x
        guard sum != 1 else { return x }
        // Above this the rounding of the sum no longer matters.
        return x < 0x1p53 ? x * (Elementary.log(sum) / (sum - 1)) : Elementary.log(sum)
    }

    /// eˣ − 1 for an x of at least 0, to a few units in the last place.
    ///
    /// Source: Higham 2002, "Accuracy and stability of numerical algorithms", §1.14.1.
    static func expMinusOne(_ x: Double) -> Double {
        let power = Elementary.exp(x)
        guard power != 1 else { return x }
        return x < 1 ? (power - 1) * (x / Elementary.log(power)) : power - 1
    }
}
