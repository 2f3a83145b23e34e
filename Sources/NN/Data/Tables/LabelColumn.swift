internal import Platform

/// Tells a column of text from one of numbers in which some are missing: a category or a class
/// called `NA` is a text like any other, but among numbers it stands for one that is not there.
struct MissingNumbers {
    private var firstNumberLine: Int?
    private var firstMissing: (line: Int, text: String)?
    private var firstInfinite: (line: Int, text: String)?

    /// Takes note of a cell of the column.
    mutating func add(_ cell: UnsafeBufferPointer<UInt8>, isNumber: Bool, line: Int) {
        if isNumber {
            firstNumberLine = firstNumberLine ?? line
        } else if cell.isMissingNumber {
            firstMissing = firstMissing ?? (line, String(decoding: cell, as: UTF8.self))
        } else if cell.isInfinite {
            firstInfinite = firstInfinite ?? (line, String(decoding: cell, as: UTF8.self))
        }
    }

    /// Whether the column has both numbers and missing ones.
    var areAmongNumbers: Bool { firstNumberLine != nil && firstMissing != nil }

    /// - Parameters:
    ///   - name: how messages call the column.
    ///   - areDropped: whether missing numbers are allowed, and infinite ones alone are not.
    ///   - hint: how to read a column with missing numbers.
    /// - Throws: ``DatasetError`` if the column has both numbers and such that are none.
    func check(
        path: String, name: String, areDropped: Bool = false, hint: String? = nil
    ) throws {
        let found = [areDropped ? nil : firstMissing, firstInfinite].compactMap { $0 }
        guard let firstNumberLine, let first = found.min(by: { $0.line < $1.line }) else { return }
        throw DatasetError.malformed(
            path: path, line: first.line,
            expected: "a number in column \(name), as in line \(firstNumberLine)",
            got: first.text, hint: first.line == firstInfinite?.line ? nil : hint)
    }
}

/// The cells of a label's column, which become classes.
struct LabelColumn: ~Copyable {
    /// The texts of the labels.
    let texts: TextCodes
    private(set) var missing = MissingNumbers()
    private let numbers: NumberFormat
    private var byRow: AlignedBuffer<Int32>
    private let purpose: String

    /// - Parameter rows: how many there are, as far as is known.
    /// - Throws: ``OutOfMemory``.
    init(rows: Int, path: String, numbers: NumberFormat) throws {
        let purpose = "the labels of \(path)"
        let texts = try TextCodes(purpose: purpose)
        byRow = try AlignedBuffer(count: rows, purpose: purpose)
        (self.texts, self.purpose, self.numbers) = (texts, purpose, numbers)
    }

    /// By row the number of its text, as far as rows have been read.
    var codes: UnsafeMutablePointer<Int32> { byRow.pointer }

    /// Makes room for more rows.
    ///
    /// - Throws: ``OutOfMemory``.
    mutating func makeRoom(for rows: Int) throws { try byRow.grow(to: rows, purpose: purpose) }

    /// Takes the label of a row.
    ///
    /// - Returns: false for a number beyond double precision.
    mutating func add(
        _ cell: UnsafeBufferPointer<UInt8>, row: Int, line: Int
    ) throws -> Bool {
        let (code, isNew) = try texts.code(of: cell)
        byRow[row] = Int32(code)
        guard isNew else { return true }
        let number = numbers.number(cell)
        missing.add(cell, isNumber: number != nil, line: line)
        return number?.isFinite ?? true
    }

    /// Keeps those rows alone for which `isKept`, of as many as there are.
    func filter(_ rows: Int, _ isKept: (Int) -> Bool) {
        var kept = 0
        for row in 0..<rows where isKept(row) {
            codes[kept] = codes[row]
            kept += 1
        }
    }

    /// By number of the text whether it stands for a missing number.
    var areMissing: [Bool] {
        (0..<texts.count).map { numbers.number(texts[$0]) == nil && texts[$0].isMissingNumber }
    }

    /// Integers if all are, else numbers if all are, else text.
    func targets(_ rows: Int, _ encoding: TextEncoding) -> Targets {
        let codes = UnsafeBufferPointer(start: codes, count: rows)
        var isUsed = [Bool](repeating: false, count: texts.count)
        for code in codes { isUsed[Int(code)] = true }
        let used = isUsed.indices.filter { isUsed[$0] }
        var labels = [ClassLabel](repeating: .integer(0), count: texts.count)
        for (code, label) in zip(used, self.labels(used.map { Array(texts[$0]) }, encoding)) {
            labels[code] = label
        }
        return Targets(codes: codes, labels: labels)
    }

    private func labels(_ texts: [[UInt8]], _ encoding: TextEncoding) -> [ClassLabel] {
        func asText() -> [ClassLabel] { texts.map { .string(encoding.text($0[...])) } }
        let reals = texts.compactMap { $0.withUnsafeBufferPointer { numbers.number($0) } }
        guard reals.count == texts.count else { return asText() }
        let trimmed = texts.map { bytes in
            bytes.withUnsafeBufferPointer { String(decoding: $0.trimmed, as: UTF8.self) }
        }
        let integers = trimmed.compactMap { Int($0) }
        guard integers.count < texts.count else { return integers.map { .integer($0) } }
        // As a real, an integer that exceeds 64 bits would be another's equal.
        guard !trimmed.contains(where: { isLargeInteger($0) }) else { return asText() }
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
