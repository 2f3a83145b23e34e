internal import DeterministicMath

/// A stream of random numbers that is a function of its keys alone.
///
/// Everything random in a study draws from a stream keyed by the study's seed, a purpose and the
/// thing drawn for (trial, attempt, parameter path). So a draw does not depend on what was drawn
/// before it, on threads, or on the version of the standard library (whose own `random(in:using:)`
/// promises no stable sequence).
///
/// Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// - Parameters:
    ///   - seed: the study's seed.
    ///   - purpose: what is drawn; streams of two purposes are independent.
    ///   - keys: what it is drawn for.
    public init(seed: Int, purpose: String, _ keys: Int...) {
        var state = Self.mix(UInt64(bitPattern: Int64(seed)) &+ Self.increment)
        state = Self.mix(state ^ Self.hash(purpose))
        for key in keys {
            state = Self.mix((state &+ Self.increment) ^ Self.mix(UInt64(bitPattern: Int64(key))))
        }
        self.state = state
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mix(state)
    }

    /// A uniform integer in `0 ..< bound`, exactly uniform.
    ///
    /// Source: Lemire 2019, "Fast random integer generation in an interval".
    public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0, "an empty range has no member")
        var product = next().multipliedFullWidth(by: bound)
        let threshold = (0 &- bound) % bound
        while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        return product.high
    }

    /// A uniform real in `0 ..< 1` with 53 random bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An exponentially distributed real with mean 1; finite and not negative.
    public mutating func exponential() -> Double { -Elementary.log(1 - unit()) }

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mix(_ word: UInt64) -> UInt64 {
        var z = word
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// FNV-1a, because `Hasher` has another seed in every process.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
