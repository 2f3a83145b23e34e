import NN

/// Changes files at random, as damage, other programs and mistakes do.
///
/// All follows from the seed, so a case that fails comes back at every run.
struct Mutator {
    private var random: RandomGenerator

    init(seed: UInt64) { random = RandomGenerator(seed: seed) }

    /// The bytes with one to three changes.
    mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0...below(3) { change(&result) }
        return result
    }

    /// The bytes with one of their numbers in decimal digits, sign and point included, replaced.
    mutating func numberChanged(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        changeNumber(&result)
        return result
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let start = below(bytes.count + 1)
        let end = start + below(min(bytes.count - start, 16) + 1)
        switch below(8) {
        case 0 where start < bytes.count: bytes[start] ^= 1 << UInt8(below(8))
        case 1 where start < bytes.count: bytes[start] = UInt8(below(256))
        case 2: bytes.removeSubrange(start..<end)
        case 3: bytes.removeSubrange(start...)
        case 4: bytes.insert(contentsOf: bytes[start..<end], at: below(bytes.count + 1))
        case 5: bytes.insert(contentsOf: pick(Self.texts).utf8, at: start)
        case 6: changeField(&bytes)
        default: changeNumber(&bytes)
        }
    }

    /// Makes a binary number of one to eight bytes zero, huge, negative or a little other.
    private mutating func changeField(_ bytes: inout [UInt8]) {
        let size = 1 << below(4)
        guard bytes.count >= size else { return }
        let place = below(bytes.count - size + 1)
        let word = pick([0, 1, .max, .max >> 1, 1 << 63, 1 << 31, .max >> 33, random.next()])
        for index in 0..<size {
            bytes[place + index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * index))
        }
        if below(2) == 0 { bytes[place..<place + size].reverse() }
    }

    private mutating func changeNumber(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        func isPart(_ byte: UInt8) -> Bool { Self.numberBytes.contains(byte) }
        let start = below(bytes.count)
        guard let first = bytes[start...].firstIndex(where: isPart) else { return }
        let end = bytes[first...].firstIndex { !isPart($0) } ?? bytes.count
        bytes.replaceSubrange(first..<end, with: pick(Self.numbers).utf8)
    }

    private static let numberBytes = Set("0123456789+-.".utf8)

    private static let numbers = [
        "", "0", "1", "2", "-1", "-0", "+7", "1.5", "1e400", "1e-400", "-1e38", "nan", "inf",
        "0x10", "127", "65536", "2147483648", "4294967295", "4294967296",
        "9007199254740993",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551616", "99999999999999999999999999999999999999", "1e", "--1", "1.2.3",
    ]

    private static let texts = [
        "\0", "\n", "\r", "\r\n", "\n\n", "\"", "\"\"", ",", ";", ":", "#", "'", "{", "}", "[", "(",
        ")", "\\", " ", "\t", "é", "\u{FEFF}", "NA", "true", "null", "1:1", "x", "PK", "-",
    ]

    private mutating func below(_ bound: Int) -> Int { Int(random.below(UInt64(bound))) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}
