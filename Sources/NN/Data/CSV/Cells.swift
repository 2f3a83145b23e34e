/// The number a cell holds, blanks around it allowed; nil if it is none.
///
/// A number is decimal, with a point whatever the locale: neither `0x10` nor `nan` is one. What is
/// beyond double precision is infinite.
///
/// Integers of up to 15 digits, most of what data sets hold, go without the general parser.
func parseNumber(_ cell: ArraySlice<UInt8>) -> Double? {
    let digits = cell.trimmed
    let isPlain = digits.allSatisfy { (0x30...0x39).contains($0) }
    if isPlain, (1...15).contains(digits.count) {
        return Double(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    guard digits.allSatisfy(\.isPartOfNumber) else { return nil }
    return Double(String(decoding: digits, as: UTF8.self))
}

extension ArraySlice<UInt8> {
    /// Without blanks at either end.
    var trimmed: ArraySlice<UInt8> {
        var rest = self
        while let first = rest.first, first == 0x20 || first == 0x09 { rest.removeFirst() }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return rest
    }

    var isBlank: Bool { trimmed.isEmpty }

    /// Whether it is what programs write where a number is missing, or is none; a text of its own
    /// in a column without numbers.
    var isMissingNumber: Bool {
        let text = trimmed
        guard (1...9).contains(text.count) else { return false }
        return missingNumbers.contains(String(decoding: text, as: UTF8.self).lowercased())
    }
}

/// What pandas, R and spreadsheets write, in small letters.
private let missingNumbers: Set<String> = [
    "nan", "-nan", "+nan", "na", "n/a", "#n/a", "<na>", "null", "none", "?", "inf", "-inf", "+inf",
    "infinity", "-infinity",
]

extension UInt8 {
    fileprivate var isPartOfNumber: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}

/// Tells a column of text from one of numbers in which some are missing: a category or a class
/// called `NA` is a text like any other, but among numbers it stands for one that is not there.
struct MissingNumbers {
    private var firstNumberLine: Int?
    private var firstMissing: (line: Int, text: String)?

    /// Takes note of a cell of the column.
    mutating func add(_ cell: ArraySlice<UInt8>, line: Int) {
        if parseNumber(cell) != nil {
            firstNumberLine = firstNumberLine ?? line
        } else if firstMissing == nil, cell.isMissingNumber {
            firstMissing = (line, String(decoding: cell, as: UTF8.self))
        }
    }

    /// - Throws: ``DatasetError`` if the column has both numbers and missing ones.
    func check(_ lines: CSVLines, column: Int) throws {
        guard let firstNumberLine, let firstMissing else { return }
        throw lines.malformed(
            firstMissing.line,
            "a number in column \(lines.shown(column)), as in line \(firstNumberLine)",
            firstMissing.text)
    }
}

/// The cells of a label's column, which become classes.
struct LabelColumn {
    private var texts: [String] = []
    private var missing = MissingNumbers()

    /// - Throws: ``DatasetError`` for a blank cell and a number beyond double precision.
    mutating func add(_ parser: CSVParser, _ lines: CSVLines, line: Int, column: Int) throws {
        texts.append(try lines.text(parser, line, column, "a label"))
        missing.add(parser.cell, line: line)
        if let number = parseNumber(parser.cell), !number.isFinite {
            throw lines.malformed(
                line, "a finite number in column \(lines.shown(column))", parser.text)
        }
    }

    /// Integers if all are, else numbers if all are, else text.
    ///
    /// - Throws: ``DatasetError`` for a missing number among others.
    func labels(_ lines: CSVLines) throws -> [ClassLabel] {
        try missing.check(lines, column: lines.labelColumn)
        let reals = texts.compactMap { parseNumber(Array($0.utf8)[...]) }
        guard reals.count == texts.count else { return texts.map { .string($0) } }
        let trimmed = texts.map(\.trimmed)
        let integers = trimmed.compactMap { Int($0) }
        guard integers.count < texts.count else { return integers.map { .integer($0) } }
        // As a real, an integer that exceeds 64 bits would be another's equal.
        guard !trimmed.contains(where: { isLargeInteger($0) }) else {
            return texts.map { .string($0) }
        }
        return zip(trimmed, reals).map { text, real in
            if let integer = Int(text), integer.magnitude > 1 << 53 { return .integer(integer) }
            return .real(real)
        }
    }
}

/// Whether a text is an integer that exceeds 64 bits.
func isLargeInteger(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return Int(text) == nil && !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
}

extension String {
    fileprivate var trimmed: String {
        String(decoding: Array(utf8)[...].trimmed, as: UTF8.self)
    }
}
