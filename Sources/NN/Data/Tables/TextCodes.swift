internal import Platform

/// Numbers texts in the order in which they are first met. Texts are their bytes.
///
/// - Complexity: O(length of the text) for each.
struct TextCodes {
    private var arena: [UInt8] = []
    /// Where each text ends.
    private var ends: [Int] = []
    /// One more than a text's number by its hash, 0 where there is none.
    private var slots = [Int32](repeating: 0, count: 64)
    private let charge: MemoryCharge
    private let purpose: String

    /// - Parameters:
    ///   - charge: pays for the texts.
    ///   - purpose: what they are, as an error says it.
    init(_ charge: MemoryCharge, purpose: String) {
        self.charge = charge
        self.purpose = purpose
    }

    var count: Int { ends.count }

    /// The bytes of the text of that number.
    subscript(code: Int) -> ArraySlice<UInt8> {
        arena[(code == 0 ? 0 : ends[code - 1])..<ends[code]]
    }

    /// The number of a text.
    ///
    /// - Returns: also whether the text is met for the first time.
    /// - Throws: ``OutOfMemory``.
    mutating func code(of text: UnsafeBufferPointer<UInt8>) throws -> (code: Int, isNew: Bool) {
        var slot = place(of: text)
        guard slots[slot] == 0 else { return (Int(slots[slot]) - 1, false) }
        // Arrays that grow hold twice what is in them.
        try charge.add(2 * text.count + 48, purpose: purpose)
        if 2 * count >= slots.count {
            grow()
            slot = place(of: text)
        }
        arena.append(contentsOf: text)
        ends.append(arena.count)
        slots[slot] = Int32(count)
        return (count - 1, true)
    }

    /// The slot of a text, or the one that it would have.
    private func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] != 0, !isText(Int(slots[slot]) - 1, text) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// Another one in each process, so that no file can be made of texts of one hash.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.count <= 8 else {
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(text))
            return hasher.finalize()
        }
        let word = text.reduce(UInt64(text.count)) { $0 << 8 ^ UInt64($1) }
        // Dietzfelbinger et al. 1997: the high half of a product with a random odd number.
        return Int(truncatingIfNeeded: (word &* multiplier) >> 32)
    }

    private static let multiplier = UInt64.random(in: .min ... .max) | 1

    private func isText(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = code == 0 ? 0 : ends[code - 1]
        guard ends[code] - start == text.count else { return false }
        return arena.withUnsafeBufferPointer { arena in
            text.indices.allSatisfy { arena[start + $0] == text[$0] }
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: 2 * slots.count)
        for code in 0..<count {
            self[code].withUnsafeBufferPointer { slots[place(of: $0)] = Int32(code + 1) }
        }
    }
}
