import NN
import Testing

@Suite struct DatasetTests {
    private func numbered(_ rows: Int, classes: Int) throws -> Dataset {
        try Dataset(
            features: (0..<rows).map { Float($0) }, columns: 1,
            labels: (0..<rows).map { .integer($0 % classes) })
    }

    private func rowNumbers(_ data: Dataset) -> [Int] {
        (0..<data.rows).map { Int(data.features(at: $0)[0]) }
    }

    @Test func subsetsAreViewsWithTheParentsClasses() throws {
        let data = try numbered(10, classes: 3)
        let part = try data.subset(2..<6)
        #expect(rowNumbers(part) == [2, 3, 4, 5])
        #expect(part.classes == [0, 1, 2].map { .integer($0) })
        let inner = try part.subset(1..<3)
        #expect(rowNumbers(inner) == [3, 4])
        #expect(inner.label(at: 0) == .integer(0))
        #expect(inner.id == (try data.subset(3..<5)).id)
        #expect(inner.id != part.id)
    }

    @Test(arguments: [0..<0, 3..<11, -1..<2])
    func subsetsOutsideAreRefused(_ range: Range<Int>) throws {
        let data = try numbered(10, classes: 2)
        #expect(throws: DatasetError.self) { try data.subset(range) }
    }

    @Test(arguments: [false, true]) func splitHoldsEveryRowOnce(_ stratify: Bool) throws {
        let data = try numbered(103, classes: 4)
        let (first, second) = try data.split(fraction: 0.3, seed: 5, stratify: stratify)
        #expect(first.rows == 31)
        #expect((rowNumbers(first) + rowNumbers(second)).sorted() == Array(0..<103))
        let again = try data.split(fraction: 0.3, seed: 5, stratify: stratify)
        #expect(rowNumbers(again.first) == rowNumbers(first))
        #expect(again.first.id != first.id)
        let other = try data.split(fraction: 0.3, seed: 6, stratify: stratify)
        #expect(rowNumbers(other.first) != rowNumbers(first))
    }

    /// 60 of one class, 30 and 10 of the others: a tenth of each is exact.
    @Test func stratifiedPartsHaveEachClassesShare() throws {
        let labels = (0..<100).map { $0 < 60 ? "a" : $0 < 90 ? "b" : "c" }
        let data = try Dataset(
            features: (0..<100).map { [Float($0)] }, labels: labels.map { .string($0) })
        let (first, second) = try data.split(fraction: 0.1, seed: 1, stratify: true)
        func counts(_ part: Dataset) -> [Int] {
            part.classes.map { label in
                (0..<part.rows).count { part.label(at: $0) == label }
            }
        }
        #expect(counts(first) == [6, 3, 1])
        #expect(counts(second) == [54, 27, 9])
    }

    @Test(arguments: [0, 1, -0.5, 1.5, .nan, 0.001])
    func splitsThatLeaveNothingAreRefused(_ fraction: Double) throws {
        let data = try numbered(10, classes: 2)
        #expect(throws: DatasetError.self) { try data.split(fraction: fraction, seed: 1) }
    }

    /// Mean 3 and deviation 2 by hand: (1, 5) → (−1, 1); the constant column → 0.
    @Test func standardizedFeaturesHaveMeanZeroAndDeviationOne() throws {
        let data = try Dataset(features: [[1, 7], [5, 7]], labels: [.integer(0), .integer(1)])
        let scaled = try data.standardized()
        #expect(scaled.features(at: 0) == [-1, 0])
        #expect(scaled.features(at: 1) == [1, 0])
        let test = try Dataset(features: [[3, 8]], labels: [.integer(1)])
        #expect(try test.standardized(from: data).features(at: 0) == [0, 1])
    }

    @Test func standardizingAViewKeepsItsRowsAndLabels() throws {
        let data = try numbered(6, classes: 3).subset(2..<5)
        let scaled = try data.standardized()
        #expect((0..<3).map { scaled.label(at: $0) } == [.integer(2), .integer(0), .integer(1)])
        #expect(scaled.features(at: 1) == [0])
    }

    @Test func numbersCompareByValue() {
        #expect(ClassLabel.integer(3) == .real(3))
        #expect(Set([ClassLabel.integer(3), .real(3)]).count == 1)
        #expect(ClassLabel.string("3") != .integer(3))
        #expect(
            [ClassLabel.string("a"), .real(2.5), .integer(2), .boolean(true), .boolean(false)]
                .sorted() == [
                    .boolean(false), .boolean(true), .integer(2), .real(2.5), .string("a"),
                ])
    }

    @Test func arraysThatMakeNoDataSetAreRefused() {
        expectError("features: expected at least one row of at least one number, got none") {
            try Dataset(features: [], labels: [])
        }
        expectError("features: expected 2 numbers in row 2, as in row 1, got 1") {
            try Dataset(features: [[1, 2], [3]], labels: [.integer(0), .integer(1)])
        }
        expectError("labels: expected one label for each of the 2 rows, got 1") {
            try Dataset(features: [[1], [2]], labels: [.integer(0)])
        }
        expectError("features: expected a finite number in row 2, column 1, got nan") {
            try Dataset(features: [[1], [.nan]], labels: [.integer(0), .integer(1)])
        }
        expectError("values: expected a finite number in row 1, got inf") {
            try Dataset(features: [1, 2], columns: 1, values: [.infinity, 0])
        }
    }
}

/// Expects an error whose text is `description`.
func expectError<Result>(
    _ description: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Result
) {
    do {
        _ = try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch {
        #expect("\(error)" == description, sourceLocation: sourceLocation)
    }
}
