internal import CKernels

/// How a file writes numbers.
struct NumberFormat {
    /// With a decimal point, whatever the locale.
    static let plain = NumberFormat(decimal: UInt8(ascii: "."), thousands: nil)

    let decimal: UInt8
    /// What stands between groups of three digits.
    let thousands: UInt8?

    /// The number a cell holds, blanks around it allowed; nil if it is none.
    ///
    /// A number is decimal: neither `0x10` nor `nan` is one. What is beyond double precision is
    /// infinite. The value is the nearest double.
    func number(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
        let digits = cell.trimmed
        guard let thousands, digits.contains(thousands) else { return plainNumber(digits) }
        guard let ungrouped = withoutGroups(digits, thousands) else { return nil }
        return ungrouped.withUnsafeBufferPointer { plainNumber($0) }
    }

    private func plainNumber(_ digits: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let start = digits.baseAddress else { return nil }
        var value = 0.0
        switch ck_number(start, digits.count, decimal, &value) {
        case CK_NUMBER: return value
        case CK_HARD_NUMBER:
            let text = digits.map { $0 == decimal ? UInt8(ascii: ".") : $0 }
            return Double(String(decoding: text, as: UTF8.self))
        default: return nil
        }
    }

    /// The digits without what groups them: one to three before the first, then three each, all
    /// before the fraction.
    private func withoutGroups(
        _ digits: UnsafeBufferPointer<UInt8>, _ thousands: UInt8
    ) -> [UInt8]? {
        let end = digits.firstIndex(of: decimal) ?? digits.endIndex
        let sign = digits.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let groups = digits[sign.endIndex..<end].split(
            separator: thousands, omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.count),
            groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups.allSatisfy({ $0.allSatisfy(\.isDigit) })
        else { return nil }
        return Array(sign) + groups.joined() + digits[end...]
    }

    /// The other ways to write numbers under which a cell is one, as options say them.
    func hint(_ cell: UnsafeBufferPointer<UInt8>) -> String? {
        let text = cell.trimmed
        guard text.count <= 64, text.contains(where: \.isDigit) else { return nil }
        let others: [(decimal: UInt8, thousands: UInt8?)] = [
            (UInt8(ascii: ","), nil), (UInt8(ascii: "."), nil),
            (UInt8(ascii: "."), UInt8(ascii: ",")), (UInt8(ascii: ","), UInt8(ascii: ".")),
            (decimal, UInt8(ascii: " ")), (decimal, UInt8(ascii: "'")),
            (UInt8(ascii: ","), UInt8(ascii: " ")), (UInt8(ascii: ","), UInt8(ascii: "'")),
        ]
        let hints = others.compactMap { other -> String? in
            guard other.thousands == nil || text.contains(other.thousands!),
                other.decimal == decimal || text.contains(other.decimal)
            else { return nil }
            let format = NumberFormat(decimal: other.decimal, thousands: other.thousands)
            guard let value = format.number(text) else { return nil }
            return "\(format.difference(from: self)) reads it as \(shortest(value))"
        }
        return hints.isEmpty ? nil : hints.prefix(2).joined(separator: ", ")
    }

    private func shortest(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// The options that make this of another format.
    private func difference(from other: NumberFormat) -> String {
        var options: [String] = []
        if decimal != other.decimal {
            options.append("decimal = \"\(Unicode.Scalar(decimal))\"")
        }
        if let thousands, thousands != other.thousands {
            options.append("thousands = \"\(Unicode.Scalar(thousands))\"")
        }
        return options.joined(separator: ", ")
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without blanks at either end.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var range = startIndex..<endIndex
        while let first = range.first, self[first].isBlank { range.removeFirst() }
        while let last = range.last, self[last].isBlank { range.removeLast() }
        return UnsafeBufferPointer(rebasing: self[range])
    }

    var withoutBlanksBehind: UnsafeBufferPointer<UInt8> {
        let end = lastIndex { !$0.isBlank }.map { $0 + 1 } ?? startIndex
        return UnsafeBufferPointer(rebasing: self[..<end])
    }

    var isBlank: Bool { allSatisfy(\.isBlank) }

    /// Whether it is what programs write where a number is missing; a text of its own in a column
    /// without numbers.
    var isMissingNumber: Bool { isOne(of: missingNumbers) }

    /// Whether it is what programs write for a number that is none or missing.
    var isNoNumber: Bool { isMissingNumber || isInfinite }

    /// Whether it is what programs write for a number that is too large.
    var isInfinite: Bool { isOne(of: infiniteNumbers) }

    private func isOne(of words: [[UInt8]]) -> Bool {
        let text = trimmed
        return words.contains { word in
            word.count == text.count && zip(word, text).allSatisfy { $0 == $1.lowercased }
        }
    }
}

/// What pandas, R and spreadsheets write, in small letters.
private let missingNumbers = [
    "nan", "-nan", "+nan", "na", "n/a", "#n/a", "#na", "<na>", "null", "none", "?", "1.#ind",
    "-1.#ind", "1.#qnan", "-1.#qnan",
].map { Array($0.utf8) }
private let infiniteNumbers = ["inf", "-inf", "+inf", "infinity", "-infinity"].map {
    Array($0.utf8)
}

extension UInt8 {
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// The small letter of a capital one of ASCII, any other byte as it is.
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
