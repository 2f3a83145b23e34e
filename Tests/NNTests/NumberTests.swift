import Foundation
import NN
import Testing

/// Numbers in files are the nearest doubles, as the C library reads them.
@Suite struct NumberTests {
    /// Reads texts as labels and as features.
    private func check(_ texts: [String]) throws {
        let rows = texts.map { "\($0),\($0)\n" }.joined()
        try withFile(Array("x,y\n\(rows)".utf8)) { path in
            let data = try Dataset(csv: path, label: "y")
            for (row, text) in texts.enumerated() {
                let expected = strtod(text, nil)
                #expect(data.label(at: row) == .real(expected), "\(text)")
                #expect(
                    data.features(at: row)[0].bitPattern == Float(expected).bitPattern, "\(text)")
            }
        }
    }

    /// In the middle between two doubles or floats, just beside it, at the ends of the range, and
    /// with more digits than a word holds.
    @Test func hardNumbersAreTheNearest() throws {
        try check([
            "9007199254740993.0", "9007199254740995.0", "9007199254740993.00000000000000001",
            "9007199254740992.99999999999999999", "18014398509481986e-1", "0.5e-323",
            "2.4703282292062327208e-324", "2.4703282292062328e-324", "4.9406564584124654e-324",
            "2.2250738585072011e-308", "2.2250738585072014e-308", "2.225073858507201136e-308",
            "1.00000017881393421514957253748434595763683319091796875001e38",
            "1.00000005960464477539e0", "1.000000059604644775390625", "16777217.0", "16777219.0",
            "33554434.99999999999", "0.1e0", "0.3e0", "1e23", "8.5e22", "9e22", "7e-23", "1e-22",
            "123456789012345678e-10", "0.000000000000000000000000000000000000012345678901234567",
            "00000000000000000000000012345678.5", "1234567890123456789012345.5", "-0.0", "+.5e1",
            "5.e-1", "6.8e-64", "9.9999999999999999e22", "1.7976931348623157e-270",
            "12345678901234567890e-30", "18446744073709551615e-19", "18446744073709551616e-19",
            "99999999999999999999e-20", "4503599627370496.5", "4503599627370497.5",
            "2251799813685248.25", "5e-65", "1e-64", "3.4028234663852886e38", "1.4e-45",
            "7.006492321624085354618e-46", "7.006492321624085354619e-46",
        ])
    }

    @Test(arguments: 1...4) func randomNumbersAreTheNearest(_ seed: UInt64) throws {
        var random = RandomGenerator(seed: seed)
        func below(_ bound: UInt64) -> Int { Int(random.below(bound)) }
        try check(
            (0..<2000).map { _ in
                let word = random.next() >> UInt64(below(64))
                switch below(6) {
                case 0: return "\(word)e\(below(57) - 38)"
                case 1: return "\(below(1000)).\(word)"
                case 2: return "-0.\(String(repeating: "0", count: below(20)))\(word)"
                case 3:
                    // Half way to the next double, for its 18 digits.
                    let value = 1 + Double(random.next() >> 11) * 0x1p-53
                    return String(format: "%.*e", 14 + below(10), value + value.ulp / 2)
                case 4:
                    // Half way to the next float.
                    let value = Float(1 + below(1 << 23)) * 0x1p-20
                    return String(format: "%.25e", Double(value) + Double(value.ulp) / 2)
                default:
                    return String(format: "%.17e", Double(word) * 0x1p-40)
                }
            })
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "--1", "1.2.3", "1_000", "0x10", "1f", "nan", "1e5.0",
        "1 2", "１", "−1",
    ])
    func whatIsNoNumberIsRefused(_ text: String) throws {
        try withFile(Array("x,y\n\(text),1\n2,2\n".utf8)) { path in
            #expect(throws: DatasetError.self) { try Dataset(csv: path, label: "y") }
            // A label that is no number makes the others text.
            guard !text.isEmpty else { return }
            try withFile(Array("x,y\n1,\(text)\n2,2\n".utf8)) { path in
                guard text != "nan" else { return }
                let data = try Dataset(csv: path, label: "y")
                #expect(data.classes.contains(.string("2")))
            }
        }
    }
}
