internal import Platform

/// What cells hold that are no plain numbers.
extension TableReader {
    /// The label of the row.
    mutating func readLabel(_ cell: UnsafeBufferPointer<UInt8>) throws {
        let column = header.labelColumn
        guard !reading.regression else {
            let value = try number(cell, column) ?? 0
            values[rows.count] = value
            return
        }
        guard !cell.isBlank else {
            return try leaveOut("a label in column \(header.shown(column))", column)
        }
        guard try labels.add(cell, row: rows.count, line: line) else {
            throw malformed(
                "a finite number in column \(header.shown(column))", reading.encoding.text(cell))
        }
    }

    /// The number of a cell, or what stands in its place.
    ///
    /// - Returns: nil where the row is left out.
    /// - Throws: ``DatasetError``.
    mutating func number(
        _ cell: UnsafeBufferPointer<UInt8>, _ column: Int
    ) throws -> Float? {
        let value = reading.numbers.number(cell).map { Float($0) }
        if let value, value.isFinite { return value }
        let isMissing = cell.isBlank || cell.isMissingNumber
        if isMissing, let place = features[column] {
            if let substitute = place.substitute { return substitute }
            if reading.missing == .mean { return .nan }
        }
        let expected = "a finite number in column \(header.shown(column))"
        guard isMissing else {
            throw malformed(
                expected, reading.encoding.text(cell), hint: value == nil ? hint(cell, column) : nil
            )
        }
        try leaveOut(expected, column, got: cell.isBlank ? nil : reading.encoding.text(cell))
        return nil
    }

    /// The feature of a text among its column's values.
    ///
    /// - Returns: nil where the row is left out.
    mutating func feature(
        _ cell: UnsafeBufferPointer<UInt8>, _ column: Int, of categories: CategoryCells
    ) throws -> Int? {
        guard !cell.isBlank else {
            try leaveOut("a value in column \(header.shown(column))", column)
            return nil
        }
        if let feature = try categories.feature(cell, reading.encoding) { return feature }
        throw malformed(
            "one of \(categories.shown) in column \(header.shown(column))",
            reading.encoding.text(cell))
    }

    /// Leaves the row out for want of a value.
    ///
    /// - Parameter text: what the cell holds; nil for nothing.
    /// - Throws: ``DatasetError`` unless such rows are left out.
    private mutating func leaveOut(
        _ expected: String, _ column: Int, got text: String? = nil
    ) throws {
        guard reading.missing != .dropped else {
            isDropped = true
            return
        }
        let isNumber = features[column].map { $0.categories == nil } ?? false
        var hint =
            isNumber
            ? #"missing = "drop", "mean" or a number accepts it"#
            : #"missing = "drop" leaves such rows out"#
        if header.names[column].isEmpty { hint = "drop = { \(column + 1) } leaves the column out" }
        throw malformed(expected, text ?? "an empty cell", hint: hint)
    }

    /// What makes a number of the cell.
    private func hint(_ cell: UnsafeBufferPointer<UInt8>, _ column: Int) -> String? {
        if reading.suggestsFormats, let hint = reading.numbers.hint(cell) { return hint }
        guard reading.suggestsOneHot, column != header.labelColumn, !cell.isNoNumber else {
            return nil
        }
        return "one_hot = { \(header.option(column)) } makes numbers of texts"
    }

    func malformed(_ expected: String, _ got: String, hint: String? = nil) -> DatasetError {
        header.malformed(line, expected: expected, got: got, hint: hint)
    }
}
