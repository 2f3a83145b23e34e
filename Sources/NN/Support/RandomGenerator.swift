/// The generator behind initial weights, shuffling and splits: xoshiro256**, seeded by SplitMix64.
///
/// What is drawn depends on the seed alone, on every platform and in every later version: the
/// bounded draws and the shuffle are defined here and not left to the standard library, whose
/// algorithms may change.
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021.
package struct RandomGenerator: Sendable, Equatable {
    /// The four words of state, never all zero.
    private(set) var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator whose draws follow from the seed.
    package init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// Continues from a state taken from another generator.
    ///
    /// - Parameter state: four words, not all zero.
    init(state words: [UInt64]) {
        precondition(words.count == 4 && words.contains { $0 != 0 })
        state = (words[0], words[1], words[2], words[3])
    }

    package static func == (a: Self, b: Self) -> Bool { a.state == b.state }

    /// A word of 64 random bits.
    package mutating func next() -> UInt64 {
        let result = rotate(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotate(state.3, by: 45)
        return result
    }

    /// A real from 0 (included) to 1 (excluded), a multiple of 2⁻⁵³.
    package mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// An integer from 0 to `bound − 1`, each equally likely.
    ///
    /// Source: Lemire, "Fast random integer generation in an interval", 2019.
    package mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return product.high
    }

    /// Puts the elements in a random order, each order equally likely (Fisher–Yates).
    mutating func shuffle<Element>(_ elements: UnsafeMutableBufferPointer<Element>) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(below(UInt64(last + 1))))
        }
    }
}

private func rotate(_ word: UInt64, by bits: UInt64) -> UInt64 {
    (word << bits) | (word >> (64 - bits))
}

/// Spreads a seed over as many words as are wanted, so that seeds 1 and 2 have nothing in common.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
