internal import CDeterministicMath

/// Elementary functions that give the same bits on every supported processor.
///
/// A system's `exp` and `log` may differ in the last bit between processors, since they use fused
/// operations where there are any. A decision that follows from them would differ as well.
package enum Elementary {
    /// eˣ, within 1.2 units in the last place.
    ///
    /// Edge cases: 0 below −745.2, infinity above 709.8, NaN for NaN.
    package static func exp(_ x: Double) -> Double { dm_exp(x) }

    /// ln x, within 1 unit in the last place.
    ///
    /// Edge cases: −infinity at 0, NaN below 0 and for NaN.
    package static func log(_ x: Double) -> Double { dm_log(x) }

    /// The value that a standard normal variable stays below with probability `p`, to about 16
    /// digits.
    ///
    /// Edge cases: −infinity at 0, infinity at 1, NaN outside.
    ///
    /// Source: Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution".
    package static func normalQuantile(_ p: Double) -> Double {
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * ratio(r, Self.central)
        }
        let tail = q < 0 ? p : 1 - p
        guard tail > 0 else { return tail == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
        let r = (-log(tail)).squareRoot()
        let size = r <= 5 ? ratio(r - 1.6, Self.outer) : ratio(r - 5, Self.far)
        return q < 0 ? -size : size
    }

    /// How probable it is that a standard normal variable stays below `x`, to about 14 digits.
    ///
    /// Edge cases: 0 below −37, 1 above 37, NaN for NaN.
    ///
    /// Source: Hart 1968, "Computer Approximations", algorithm 5666, as given by West 2005, "Better
    /// approximations to cumulative normal functions".
    package static func normalProbability(below x: Double) -> Double {
        guard !x.isNaN else { return x }
        let size = abs(x)
        let tail: Double
        if size > 37 {
            tail = 0
        } else if size < 7.07106781186547 {
            tail = exp(-size * size / 2) * ratio(size, probability)
        } else {
            let fraction = (1...4).reversed().reduce(size + 0.65) { size + Double($1) / $0 }
            tail = exp(-size * size / 2) / fraction / 2.506628274631
        }
        return x > 0 ? 1 - tail : tail
    }

    /// Numerator and denominator of a rational function, highest power first.
    private typealias Coefficients = (above: SIMD8<Double>, below: SIMD8<Double>)

    private static func ratio(_ x: Double, _ coefficients: Coefficients) -> Double {
        var (above, below) = (0.0, 0.0)
        for place in 0..<8 {
            above = above * x + coefficients.above[place]
            below = below * x + coefficients.below[place]
        }
        return above / below
    }

    private static let probability: Coefficients = (
        [
            0, 3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383,
            112.079291497871, 221.213596169931, 220.206867912376,
        ],
        [
            8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461,
            296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752,
        ]
    )

    private static let central: Coefficients = (
        [
            2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
            4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
            1.3314166789178437745e2, 3.3871328727963666080e0,
        ],
        [
            5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
            2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
            4.2313330701600911252e1, 1,
        ]
    )

    private static let outer: Coefficients = (
        [
            7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
            1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
            4.63033784615654529590e0, 1.42343711074968357734e0,
        ],
        [
            1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
            1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
            2.05319162663775882187e0, 1,
        ]
    )

    private static let far: Coefficients = (
        [
            2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
            2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
            5.46378491116411436990e0, 6.65790464350110377720e0,
        ],
        [
            2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
            7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
            5.99832206555887937690e-1, 1,
        ]
    )
}
