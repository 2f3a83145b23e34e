import NN
import Testing

/// One table is the same data set in whatever way its cells are written: what is read by the loop
/// over plain cells agrees with what is read cell by cell.
@Suite struct WrittenFormTests {
    /// How numbers and cells are written.
    struct Form: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var separator: Unicode.Scalar = ","
        var decimal: Unicode.Scalar = "."
        var thousands: Unicode.Scalar?
        /// How many of eight cells are quoted.
        var quoted = 0
        /// What stands for a missing number.
        var missing = ""
        var comment: Unicode.Scalar?
        var end = "\n"
    }

    static let forms = [
        Form(testDescription: "quoted", quoted: 8),
        Form(testDescription: "some quoted", quoted: 3, end: "\r\n"),
        Form(testDescription: "comments", quoted: 1, comment: "#"),
        Form(testDescription: "NA", quoted: 1, missing: "NA"),
        Form(testDescription: "blanks", missing: "  "),
        Form(testDescription: "decimal comma", separator: ";", decimal: ",", quoted: 2),
        Form(testDescription: "decimal comma among commas", decimal: ",", quoted: 8),
        Form(testDescription: "thousands", separator: ";", thousands: ",", quoted: 2),
        Form(testDescription: "thousands among commas", thousands: ",", quoted: 8),
        Form(testDescription: "German", separator: ";", decimal: ",", thousands: ".", quoted: 1),
        Form(testDescription: "Swiss", thousands: "'", quoted: 4),
        Form(testDescription: "groups apart", separator: "\t", thousands: " ", quoted: 1),
    ]

    /// Numbers of many lengths; nil for a missing one.
    private static let rows: [[Double?]] = {
        var random = RandomGenerator(seed: 7)
        return (0..<300).map { row in
            (0..<7).map { _ in
                guard random.below(9) > 0 else { return nil }
                let digits = Double(random.next() >> UInt64(24 + random.below(40)))
                let value = digits / [1, 10, 1000, 100_000][Int(random.below(4))]
                return random.below(2) == 0 ? value : -value
            }
        }
    }()

    private func number(_ value: Double, _ form: Form) -> String {
        let text = value == value.rounded() ? "\(Int64(value))" : "\(value)"
        let parts = text.split(separator: ".")
        let sign = parts[0].hasPrefix("-") ? "-" : ""
        var digits = String(parts[0].drop { $0 == "-" })
        if let thousands = form.thousands, digits.allSatisfy(\.isNumber) {
            var groups: [Substring] = []
            var rest = digits[...]
            while rest.count > 3 {
                groups.insert(rest.suffix(3), at: 0)
                rest = rest.dropLast(3)
            }
            groups.insert(rest, at: 0)
            digits = groups.joined(separator: String(thousands))
        }
        return sign + digits + (parts.count > 1 ? "\(form.decimal)\(parts[1])" : "")
    }

    private func text(_ form: Form) -> String {
        var random = RandomGenerator(seed: 3)
        func cell(_ text: String) -> String {
            random.below(8) < UInt64(form.quoted) ? "\"\(text)\"" : text
        }
        let separator = String(form.separator)
        var lines = [(1...8).map { "x\($0)" }.joined(separator: separator) + "\(separator)y"]
        for (index, row) in Self.rows.enumerated() {
            let cells = row.map { cell($0.map { number($0, form) } ?? form.missing) }
            // A column to skip, whose quotes hold separators and doubled quotes.
            let note = index % 3 == 0 ? "\"a\(separator)\"\"b\"" : cell("n\(index)")
            let comment = form.comment.map { index % 5 == 0 ? " \($0) said, \"so\"" : "" } ?? ""
            lines.append((cells + [note, "\(index % 3)"]).joined(separator: separator) + comment)
        }
        return lines.joined(separator: form.end) + form.end
    }

    private func read(_ form: Form, _ missing: MissingValues) throws -> Dataset {
        var options = CSVOptions(label: "y")
        options.format.separator = form.separator
        options.format.decimal = form.decimal
        options.format.thousands = form.thousands
        options.format.comment = form.comment
        options.missing = missing
        options.columns = .without(["x8"])
        return try withFile(Array(text(form).utf8)) { try Dataset(csv: $0, options) }
    }

    private func bits(_ data: Dataset) -> [[UInt32]] {
        (0..<data.rows).map { data.features(at: $0).map(\.bitPattern) }
    }

    private func labels(_ data: Dataset) -> [ClassLabel?] {
        (0..<data.rows).map { data.label(at: $0) }
    }

    @Test(arguments: forms, [MissingValues.mean, .dropped, .value(0.5)])
    func readsTheSameFromEveryForm(_ form: Form, _ missing: MissingValues) throws {
        let plain = try read(Form(testDescription: "plain"), missing)
        let data = try read(form, missing)
        #expect(labels(data) == labels(plain))
        #expect(bits(data) == bits(plain))
    }

    /// What the plain loop has to leave to the reader of single cells is still refused.
    @Test(arguments: [
        "1234,567", "1,23", "1,2345", ",123", "1,234e5", "1,234.5,6", "0.5,123", "1,,234",
        "--1,234",
    ])
    func refusesWrongGroups(_ text: String) throws {
        var options = CSVOptions(label: "y")
        options.format.separator = ";"
        options.format.thousands = ","
        for cell in [text, "\"\(text)\""] {
            try withFile(Array("x;y\n1;1\n\(cell);2\n".utf8)) { path in
                #expect(throws: DatasetError.self, "\(cell)") { try Dataset(csv: path, options) }
            }
        }
    }

    /// A comma that separates is neither decimal nor between groups, unless it is quoted.
    @Test func separatorsSeparateOutsideOfQuotes() throws {
        for isDecimal in [false, true] {
            var options = CSVOptions(label: "y")
            if isDecimal { options.format.decimal = "," } else { options.format.thousands = "," }
            try withFile(Array("a,b,y\n1,234,0\n\"1,234\",5,1\n".utf8)) { path in
                let data = try Dataset(csv: path, options)
                #expect(data.features(at: 0) == [1, 234])
                #expect(data.features(at: 1) == [isDecimal ? 1.234 : 1234, 5])
            }
        }
    }

    /// A quoted cell of a skipped column may go over lines, which count in messages.
    @Test func quotesOfSkippedCellsHoldLines() throws {
        var options = CSVOptions(label: "y")
        options.columns = .without(["note"])
        try withFile(Array("note,x,y\n\"a\n\"\"b\"\"\",1,1\nc,oops,2\n".utf8)) { path in
            let error = try #require(throws: DatasetError.self) {
                try Dataset(csv: path, options)
            }
            #expect("\(error)".contains(":4:") || "\(error)".contains("line 4"), "\(error)")
        }
    }
}
