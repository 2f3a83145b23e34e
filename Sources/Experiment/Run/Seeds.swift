/// Seeds derived from a study's: equal in every run, unrelated to one another.
enum Seeds {
    /// Mixes the numbers into one.
    ///
    /// Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied at each number.
    static func derive(_ numbers: Int...) -> UInt64 {
        numbers.reduce(0) { seed, number in
            var z = seed &+ 0x9e37_79b9_7f4a_7c15 &+ UInt64(bitPattern: Int64(number))
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
    }
}
