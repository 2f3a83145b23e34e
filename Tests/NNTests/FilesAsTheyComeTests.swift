import NN
import Testing

/// Missing values, chosen columns, and files whose numbers or lines are written another way.
@Suite struct FilesAsTheyComeTests {
    private func read(
        _ text: String, label: ColumnReference = "y",
        _ change: (inout CSVOptions) -> Void = { _ in }
    ) throws -> Dataset {
        var options = CSVOptions(label: label)
        change(&options)
        return try withFile(Array(text.utf8)) { try Dataset(csv: $0, options) }
    }

    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    /// What reading says, without the file's name.
    private func mistake(
        _ text: String, label: ColumnReference = "y",
        _ change: (inout CSVOptions) -> Void = { _ in }
    ) throws -> String {
        var options = CSVOptions(label: label)
        change(&options)
        return try withFile(Array(text.utf8)) { path in
            do {
                _ = try Dataset(csv: path, options)
                return "nothing"
            } catch let error as DatasetError {
                return "\(error)".replacing(path, with: "")
            }
        }
    }

    private func expect(
        _ text: String, label: ColumnReference = "y", says message: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout CSVOptions) -> Void = { _ in }
    ) throws {
        let got = try mistake(text, label: label, change)
        #expect(got == message, sourceLocation: sourceLocation)
    }

    private func expect(
        _ text: String, begins message: String,
        sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout CSVOptions) -> Void
    ) throws {
        let got = try mistake(text, change)
        #expect(got.hasPrefix(message), "\(got)", sourceLocation: sourceLocation)
    }

    // MARK: - Missing values

    private static let holes = "a,b,y\n1,?,u\n,4,v\nNA,,u\n7,8,v\n9,10,\n"

    @Test func rowsWithoutAValueMayBeLeftOut() throws {
        let data = try read(Self.holes) { $0.missing = .dropped }
        #expect(features(data) == [[7, 8]])
        #expect(data.classes == [.string("v")])
        let numbers = try read("a,y\n1,2\n3,nan\n5,\n7,8\n") {
            ($0.missing, $0.regression) = (.dropped, true)
        }
        #expect(features(numbers) == [[1], [7]])
        #expect(numbers.values(at: 1) == [8])
        // Among numbers a label NA is missing, among texts it is a class.
        let labels = try read("a,y\n1,0\n2,NA\n3,1\n4,1\n") { $0.missing = .dropped }
        #expect(features(labels) == [[1], [3], [4]])
        #expect(labels.classes == [.integer(0), .integer(1)])
        #expect((0..<3).map { labels.label(at: $0) } == [0, 1, 1].map { .integer($0) })
        let texts = try read("a,y\n1,x\n2,NA\n") { $0.missing = .dropped }
        #expect(texts.rows == 2)
        try expect(
            "a,y\n,1\n", says: ": expected at least one row without missing values, got none"
        ) { $0.missing = .dropped }
        try expect(
            "a,y\n1,1\n2,inf\n3,NA\n",
            says: ":3: expected a number in column y, as in line 2, got inf"
        ) { $0.missing = .dropped }
    }

    @Test func missingNumbersMayBecomeTheMeanOrAnother() throws {
        let text = "a,b,y\n1,?,0\n,4,1\nNA,,0\n7,8,1\n"
        let data = try read(text) { $0.missing = .mean }
        #expect(features(data) == [[1, 6], [4, 4], [4, 6], [7, 8]])
        let zeros = try read(text) { $0.missing = .value(-1) }
        #expect(features(zeros) == [[1, -1], [-1, 4], [-1, -1], [7, 8]])
        try expect(
            "a,b,y\n,1,0\n,2,1\n",
            says: ": expected a number in column a, got none; drop leaves the column out"
        ) { $0.missing = .mean }
        try expect(
            "a,y\n1,0\n2,\n",
            says: ":3: expected a label in column y, got an empty cell; "
                + "missing = \"drop\" leaves such rows out"
        ) { $0.missing = .mean }
        try expect(
            "a,b,y\n1,u,0\n2,,1\n",
            says: ":3: expected a value in column b, got an empty cell; "
                + "missing = \"drop\" leaves such rows out"
        ) { ($0.missing, $0.oneHot) = (.mean, .text) }
        try expect("a,y\n1,0\ninf,1\n", says: ":3: expected a finite number in column a, got inf") {
            $0.missing = .mean
        }
        try expect("a,y\n1,0\n", says: "missing: expected a finite number, got nan") {
            $0.missing = .value(.nan)
        }
    }

    @Test func theTrainingFilesValuesAreUsedAgain() throws {
        let train = try read("a,b,y\n1,10,0\n?,30,1\n3,20,1\n") {
            ($0.missing, $0.standardize) = (.mean, true)
        }
        let deviation = Float((200.0 / 3).squareRoot())
        #expect(features(train).map { $0[1] } == [-10 / deviation, 10 / deviation, 0])
        #expect(train.features(at: 1)[0] == 0)
        let test = try read("b,a,y\n20,?,1\n30,3,1\n") { $0.like = train }
        #expect(test.features(at: 0) == [0, 0])
        #expect(test.features(at: 1) == [train.features(at: 2)[0], train.features(at: 1)[1]])
        let part = try train.subset(0..<1)
        let plain = try read("b,a,y\n20,?,1\n") { ($0.like, $0.standardize) = (part, false) }
        #expect(features(plain) == [[2, 20]])
        let dropped = try read("b,a,y\n20,?,1\n20,2,0\n") {
            ($0.like, $0.missing) = (train, .dropped)
        }
        #expect(dropped.rows == 1)
        try expect("b,a,y\n20,?,1\n", begins: ":2: expected a finite number in column a, got ?") {
            ($0.like, $0.missing) = (train, .refused)
        }
        let raw = try read("a,y\n1,0\n2,1\n")
        try expect(
            "a,y\n1,0\n",
            begins: "like: expected a data set that was read with missing = \"mean\", got"
        ) { ($0.like, $0.missing) = (raw, .mean) }
        try expect(
            "a,y\n1,0\n",
            begins: "like: expected a data set that was read with standardize = true, got"
        ) { ($0.like, $0.standardize) = (raw, true) }
    }

    @Test func standardizingWhileReadingIsStandardizing() throws {
        let text = "a,b,y\n1,5,0\n2,5,1\n4,5,1\n8,5,0\n"
        let data = try read(text) { $0.standardize = true }
        let expected = try read(text).standardized()
        #expect(features(data) == features(expected))
    }

    // MARK: - Columns

    @Test func columnsAreChosenOrDropped() throws {
        let text = "id,a,y,b,\n7,1,0,2,x\n8,3,1,4,y\n"
        let chosen = try read(text) { $0.columns = .only(["b", 2, "y"]) }
        #expect(chosen.featureNames == ["b", "a"])
        #expect(features(chosen) == [[2, 1], [4, 3]])
        let dropped = try read(text) { $0.columns = .without([1, -1]) }
        #expect(dropped.featureNames == ["a", "b"])
        // Another file has what was left out, or not.
        for other in [chosen, dropped] {
            let test = try read("b,id,a,y,\n5,9,6,1,z\n") { $0.like = other }
            #expect(test.features(at: 0) == (other === chosen ? [5, 6] : [6, 5]))
            let less = try read("b,a,y\n5,6,1\n") { $0.like = other }
            #expect(less.features(at: 0) == test.features(at: 0))
        }
        #expect(try read("b,a,y,z\n5,6,1,2\n") { $0.like = chosen }.columns == 2)
        let more = try read("b,a,y,z\n5,6,1,2\n") {
            ($0.like, $0.columns) = (dropped, .without(["z"]))
        }
        #expect(features(more) == [[6, 5]])
        let named = try read(text) {
            ($0.columns, $0.oneHot) = (.only([-1]), .text)
        }
        #expect(named.featureNames == ["=x", "=y"])
    }

    @Test(
        arguments: [
            (.only(["c"]), ":1: expected a column named c, got columns id, amount, y, 4"),
            (
                .only(["amuont"]),
                ":1: expected a column named amuont, got columns id, amount, y, 4; "
                    + "did you mean amount?"
            ),
            (.only(["id", 1]), "columns: expected each column once, got id twice"),
            (
                .only(["y"]),
                ":1: expected at least one column besides y among those that columns names, got none"
            ),
            (
                .only([]),
                ":1: expected at least one column besides y among those that columns names, got none"
            ),
            (.without(["y"]), "drop: expected columns of features, got y, the label's"),
            (
                .without([1, 2, 4]),
                ":1: expected at least one column besides y that drop does not name, got none"
            ),
            (.without([5]), ": expected a column from 1 to 4, or from -4 to -1, got 5"),
            (
                .all,
                ":2: expected a finite number in column 4, got an empty cell; "
                    + "drop = { 4 } leaves the column out"
            ),
        ] as [(ColumnChoice, String)])
    func columnsThatCannotBeAreNamed(_ choice: ColumnChoice, _ message: String) throws {
        try expect("id,amount,y,\n1,2,0,\n", says: message) { $0.columns = choice }
    }

    @Test func aColumnThatCountsTheRowsIsSaid() throws {
        try withFile(Array(",a,y\n0,5,0\n1,5,1\n2,7,1\n".utf8)) { path in
            var warnings: [String] = []
            _ = try Dataset(csv: path, label: "y", warn: { warnings.append($0) })
            #expect(
                warnings == [
                    "\(path): column 1 has no name and counts the rows; "
                        + "drop = { 1 } leaves it out of the features"
                ])
        }
    }

    // MARK: - Numbers

    @Test(
        arguments: [
            ("1,5", ",", nil, 1.5), (" -1.234.567,25 ", ",", ".", -1_234_567.25),
            ("12.345", ",", ".", 12345), ("1 234,5", ",", " ", 1234.5),
            ("1'000'000", ".", "'", 1_000_000), ("1,234", ".", ",", 1234), ("7", ",", ".", 7),
            ("1,5e3", ",", nil, 1500), (",5", ",", nil, 0.5), ("+1.000", ",", ".", 1000),
        ] as [(String, Unicode.Scalar, Unicode.Scalar?, Float)])
    func numbersAreWrittenInManyWays(
        _ cell: String, _ decimal: Unicode.Scalar, _ thousands: Unicode.Scalar?, _ value: Float
    ) throws {
        for separator in [";", ","] as [Unicode.Scalar] {
            let cell = separator == "," ? "\"\(cell)\"" : cell
            let data = try read("x\(separator)y\n\(cell)\(separator)1\n2\(separator)0\n") {
                $0.format.separator = separator
                ($0.format.decimal, $0.format.thousands) = (decimal, thousands)
            }
            #expect(features(data) == [[value], [2]])
        }
    }

    @Test(
        arguments: [
            ("1,5", "decimal = \",\" reads it as 1.5"),
            (
                "1,234",
                "decimal = \",\" reads it as 1.234, thousands = \",\" reads it as 1234"
            ),
            ("1.234,5", "decimal = \",\", thousands = \".\" reads it as 1234.5"),
            ("1,234.5", "thousands = \",\" reads it as 1234.5"),
            ("1 234", "thousands = \" \" reads it as 1234"),
            ("1'234.5", "thousands = \"'\" reads it as 1234.5"),
            ("red", "one_hot = { \"x\" } makes numbers of texts"),
            ("1-2", "one_hot = { \"x\" } makes numbers of texts"),
        ])
    func theCauseOfATextIsNamed(_ cell: String, _ hint: String) throws {
        try expect(
            "x;y\n\(cell);1\n",
            says: ":2: expected a finite number in column x, got \(cell); \(hint)"
        ) { $0.format.separator = ";" }
    }

    @Test(arguments: ["1.5", "12.34", "1.2345", ".123", "1..000", "1.000.00", "1,000.0"])
    func groupsHaveThreeDigits(_ cell: String) throws {
        let message = try mistake("x;y\n\(cell);1\n") {
            $0.format.separator = ";"
            ($0.format.decimal, $0.format.thousands) = (",", ".")
        }
        #expect(message.hasPrefix(":2: expected a finite number in column x, got \(cell)"))
    }

    // MARK: - Lines

    @Test func linesMayBePassedOver() throws {
        let text =
            "made by a machine\n3;2\n# units: m\na,b,y # the names\n\n1,2,0 # the first\n"
            + "  # nothing\n3,\"4#\"\"5\",1#end\n"
        let data = try read(text) {
            ($0.format.comment, $0.format.skippedLines) = ("#", 2)
            $0.oneHot = .named(["b"])
        }
        #expect(data.featureNames == ["a", "b=2", "b=4#\"5"])
        #expect(features(data) == [[1, 1, 0], [3, 0, 1]])
        let message = try mistake("x\n# c\na,y\n1,2\n# d\nz,1\n") {
            ($0.format.comment, $0.format.skippedLines) = ("#", 1)
        }
        #expect(message.hasPrefix(":6: expected a finite number in column a, got z"))
        try expect("x\ny", says: ": expected a line of column names, got an empty file") {
            $0.format.skippedLines = 9
        }
        try expect("#x\n#y", says: ": expected a line of column names, got an empty file") {
            $0.format.comment = "#"
        }
        // A NUL is no comment where none are.
        #expect(try read("a,y\n1,\0\n").classes == [.string("\0")])
    }

    /// Many collections put the counts of rows and columns, or the classes, in a first line.
    @Test func aLineOfCountsIsSaid() throws {
        let counts = "3,2,setosa\n5.1,3.5,0\n4.9,3.0,0\n6.3,3.3,1\n"
        try withFile(Array(counts.utf8)) { path in
            var warnings: [String] = []
            _ = try Dataset(csv: path, label: 3, warn: { warnings.append($0) })
            #expect(
                warnings == [
                    "\(path): the first line looks like counts of 3 rows and 2 columns; "
                        + "skip = 1 passes over it, then header = false or names = { … }"
                ])
        }
        let data = try read(counts, label: 3) {
            ($0.format.skippedLines, $0.header) = (1, false)
        }
        #expect(data.rows == 3)
        try expect("2 3,malignant\n1,2,3\n", label: 2, says: ":2: expected 2 cells, got 3") {
            $0.format.separator = ","
        }
        try expect(
            "2,3\n1,2,0\n4,5,1\n", label: 2,
            says: ":2: expected 2 cells, got 3; skip = 1 passes over a line of counts")
    }

    private static func format(_ change: (inout CSVFormat) -> Void) -> CSVFormat {
        var format = CSVFormat()
        change(&format)
        return format
    }

    @Test(
        arguments: [
            (format { $0.decimal = "é" }, "decimal: expected an ASCII character"),
            (format { $0.comment = "\n" }, "comment: expected an ASCII character"),
            (format { $0.thousands = "." }, "decimal: expected a character with no other meaning"),
            (format { $0.comment = "," }, "comment: expected a character with no other meaning"),
            (
                format { $0.thousands = "7" },
                "thousands: expected a character with no other meaning"
            ),
            (format { $0.decimal = "e" }, "decimal: expected a character with no other meaning"),
            (format { $0.skippedLines = -1 }, "skip: expected an integer of at least 0"),
        ] as [(CSVFormat, String)])
    func charactersHaveOneMeaning(_ format: CSVFormat, _ expected: String) throws {
        let message = try mistake("a,y\n1,2\n") { $0.format = format }
        #expect(message.hasPrefix(expected))
    }
}
