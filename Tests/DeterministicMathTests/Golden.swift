/// One number that stands for the bits of many.
enum Golden {
    /// FNV-1a over the bits, eight bytes at a time.
    static func hash(_ values: [Double]) -> UInt64 {
        values.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1.bitPattern) &* 0x0000_0100_0000_01B3 }
    }

    /// Numbers in 0 ..< 1 that follow from `seed` alone.
    static func uniforms(_ count: Int, seed: UInt64) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
    }
}
