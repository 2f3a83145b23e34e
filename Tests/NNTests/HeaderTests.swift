import NN
import Platform
import Synchronization
import Testing

/// Tables without a header, in other encodings, and files of absurd shapes.
@Suite struct HeaderTests {
    private let iris = "5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,setosa\n6.3,3.3,6.0,2.5,virginica\n"

    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    @Test(arguments: [5, -1, "5"] as [ColumnReference])
    func theFirstLineMayBeARow(label: ColumnReference) throws {
        try withFile(Array(iris.utf8)) { path in
            let data = try Dataset(csv: path, label: label, header: false)
            #expect(data.rows == 3)
            #expect(data.features(at: 0) == [5.1, 3.5, 1.4, 0.2])
            #expect(data.featureNames == ["1", "2", "3", "4"])
            #expect(data.classes == [.string("setosa"), .string("virginica")])
        }
    }

    @Test func namesMayBeGiven() throws {
        let names = ["a", "b", "c", "d", "kind"]
        try withFile(Array(iris.utf8)) { path in
            let data = try Dataset(csv: path, label: "kind", names: names)
            #expect(data.rows == 3)
            #expect(data.featureNames == ["a", "b", "c", "d"])
            let replaced = try Dataset(csv: path, label: "kind", header: true, names: names)
            #expect(replaced.rows == 2)
            #expect(replaced.featureNames == ["a", "b", "c", "d"])
            expectError("\(path):1: expected 2 cells, one for each of the names given, got 5") {
                try Dataset(csv: path, label: "kind", names: ["a", "kind"])
            }
            expectError("\(path): expected a column from 1 to 5, or from -5 to -1, got 6") {
                try Dataset(csv: path, label: 6, header: false)
            }
            expectError("\(path): expected a column from 1 to 5, or from -5 to -1, got 0") {
                try Dataset(csv: path, label: 0)
            }
            let test = try Dataset(csv: path, label: 5, like: data, names: names)
            #expect(features(test) == features(data))
        }
        try withFile([]) { path in
            expectError("\(path): expected at least one row, got an empty file") {
                try Dataset(csv: path, label: 1, header: false)
            }
        }
    }

    /// Names that are numbers, or values of their columns, are probably none.
    @Test(
        arguments: [
            ("5.1,3.5,setosa\n4.9,3.0,setosa\n", 3, true),
            ("1,1,0\n0,1,1\n", 3, true),
            ("1,2,3\n4,5,6\n", -1, true),
            ("a,b,c\n4,5,6\n", -1, false),
            ("1,2,label\n4,5,6\n", 3, false),
            ("5.1,3.5,species\n4.9,3.0,setosa\n", 3, false),
        ] as [(String, ColumnReference, Bool)])
    func aRowInPlaceOfAHeaderIsSaid(
        _ text: String, _ label: ColumnReference, _ isWarned: Bool
    ) throws {
        try withFile(Array(text.utf8)) { path in
            var warnings: [String] = []
            let data = try Dataset(csv: path, label: label, warn: { warnings.append($0) })
            #expect(data.rows == text.split(separator: "\n").count - 1)
            #expect(warnings.count == (isWarned ? 1 : 0))
            #expect(
                warnings.allSatisfy {
                    $0.hasPrefix("\(path): the names of the columns look like a row: ")
                        && $0.hasSuffix("; header = false reads it as one")
                })
            guard isWarned else { return }
            _ = try Dataset(csv: path, label: label, header: false, warn: { warnings.append($0) })
            #expect(warnings.count == (isWarned ? 1 : 0))
        }
    }

    @Test func aNamelessColumnIsCalledByItsNumber() throws {
        try withFile(Array(",y,\n1,2,x\n".utf8)) { path in
            expectError(
                "\(path):2: expected a finite number in column 3, got x; "
                    + "one_hot = { 3 } makes numbers of texts"
            ) {
                try Dataset(csv: path, label: "y")
            }
        }
    }

    /// Classes whose names differ in bytes that are no UTF-8 stay apart.
    @Test func textOfOtherEncodingsStaysApart() throws {
        let rows: [[UInt8]] = [
            [0xE4] + Array("pfel".utf8), [0xF6] + Array("pfel".utf8), [0xC3, 0xA4],
            [0xE4], Array("apfel".utf8),
        ]
        let text = Array("x,y\n".utf8) + rows.flatMap { Array("1,".utf8) + $0 + [0x0A] }
        try withFile(text) { path in
            let data = try Dataset(csv: path, label: "y")
            #expect(
                Set(data.classes)
                    == Set(["äpfel", "öpfel", "Ã¤", "ä", "apfel"].map { .string($0) }))
        }
        // The same letter composed and decomposed.
        try withFile(Array("x,y\n1,\u{E9}\n2,e\u{301}\n".utf8)) { path in
            let data = try Dataset(csv: path, label: "y")
            #expect(data.classes.count == 2)
            #expect(data.label(at: 0) != data.label(at: 1))
        }
        let header = Array("x,".utf8) + [0xE4] + Array("\n1,2\n".utf8)
        try withFile(header) { path in
            let data = try Dataset(csv: path, label: "ä")
            #expect(data.featureNames == ["x"])
        }
    }

    @Test func namesOfColumnsAreBytes() throws {
        try withFile(Array("\u{E9},e\u{301},y\n1,2,x\n3,4,z\n".utf8)) { path in
            let data = try Dataset(csv: path, label: "y")
            #expect(data.featureNames.map { Array($0.utf8).count } == [2, 3])
            for (label, classes) in [("\u{E9}", [1, 3]), ("e\u{301}", [2, 4])] {
                let data = try Dataset(csv: path, label: .name(label), oneHot: .text)
                #expect(data.classes == classes.map { .integer($0) })
            }
        }
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61]] as [[UInt8]])
    func sixteenBitsALetterAreNamed(bytes: [UInt8]) throws {
        try withFile(bytes) { path in
            expectError(
                "\(path): expected text in UTF-8, got UTF-16; iconv -f UTF-16 -t UTF-8 converts it"
            ) { try Dataset(csv: path, label: "y") }
        }
    }

    // MARK: - LIBSVM

    @Test func aMarkOfTheByteOrderIsNoLabel() throws {
        try withFile([0xEF, 0xBB, 0xBF] + Array("1 1:1\n2 2:3\n".utf8)) { path in
            let data = try Dataset(libsvm: path)
            #expect(data.classes == [.integer(1), .integer(2)])
        }
    }

    @Test func aTestFileIsReadLikeItsTrainingFile() throws {
        try withFile(Array("1 0:1 2:3\n2 1:1\n".utf8)) { zeroBased in
            try withFile(Array("1 1:5\n".utf8)) { other in
                let train = try Dataset(libsvm: zeroBased)
                let read1 = try Dataset(libsvm: other, like: train)
                #expect(features(read1) == [[0, 5, 0]])
                let read2 = try Dataset(libsvm: other, zeroBased: true)
                #expect(features(read2) == [[0, 5]])
                let read3 = try Dataset(libsvm: other)
                #expect(features(read3) == [[5]])
                let part = try train.subset(0..<1)
                let read4 = try Dataset(libsvm: other, like: part)
                #expect(features(read4) == [[0, 5, 0]])
                expectError("\(zeroBased):1: expected indices that count from 1, got the index 0") {
                    try Dataset(libsvm: zeroBased, like: Dataset(libsvm: other))
                }
                expectError("\(zeroBased):1: expected indices that count from 1, got the index 0") {
                    try Dataset(libsvm: zeroBased, zeroBased: false)
                }
                let table = try Dataset(features: [[1]], labels: [.integer(0)])
                expectError("like: expected a data set from a file in LIBSVM's format, got data") {
                    try Dataset(libsvm: other, like: table)
                }
            }
        }
        try withFile(Array("1 3:5\n".utf8)) { path in
            try withFile(Array("1 1:5 2:1\n".utf8)) { small in
                expectError("\(path):1: expected indices up to 2, for 2 features, got 3") {
                    try Dataset(libsvm: path, like: Dataset(libsvm: small))
                }
            }
        }
    }

    @Test func largeLabelsStayExact() throws {
        let labels = ["10000000000000000001", "10000000000000000002", "10000000000000000003"]
        try withFile(Array(labels.map { "\($0) 1:1\n" }.joined().utf8)) { path in
            let data = try Dataset(libsvm: path)
            #expect(data.classes == labels.map { .string($0) })
        }
        try withFile(Array("9007199254740993 1:1\n9007199254740992 1:1\n".utf8)) { path in
            let data = try Dataset(libsvm: path)
            #expect(data.classes.count == 2)
        }
    }

    // MARK: - Absurd shapes

    private final class Budget: MemoryBudget {
        let held = Atomic(0)
        let most = Atomic(0)

        func take(_ bytes: Int) -> Bool {
            let now = held.wrappingAdd(bytes, ordering: .relaxed).newValue
            guard now <= 64 << 20 else {
                held.wrappingSubtract(bytes, ordering: .relaxed)
                return false
            }
            most.max(now, ordering: .relaxed)
            return true
        }
        func give(_ bytes: Int) { held.wrappingSubtract(bytes, ordering: .relaxed) }
    }

    /// What the readers keep of a file is granted before it is there.
    @Test(arguments: [",", "\n1", "1\n", "1,1\n", "1 1:1\n", "1 "])
    func readersStayWithinTheirBudget(unit: String) throws {
        let text = String(repeating: unit, count: (2 << 20) / unit.utf8.count)
        let budget = Budget()
        try withFile(Array("1,1\n\(text)".utf8)) { path in
            MemoryBudgets.$current.withValue(budget) {
                _ = try? Dataset(csv: path, label: 1, header: false)
                _ = try? Dataset(libsvm: path)
            }
        }
        #expect(budget.held.load(ordering: .relaxed) == 0)
    }

    @Test func aLineOfCommasIsNoTable() throws {
        try withFile([UInt8](repeating: UInt8(ascii: ","), count: 2 << 20)) { path in
            expectError("\(path):1: expected at most 1048576 columns, got more") {
                try Dataset(csv: path, label: 1, header: false)
            }
        }
        let budget = Budget()
        try withFile([UInt8](repeating: UInt8(ascii: ","), count: 1 << 19)) { path in
            #expect(throws: OutOfMemory.self) {
                try MemoryBudgets.$current.withValue(budget) {
                    try Dataset(csv: path, label: 1, header: false)
                }
            }
        }
        #expect(budget.held.load(ordering: .relaxed) == 0)
    }
}
