import Foundation
import NN
import Testing

/// Data sets from files, and what is said of files that make none.
@Suite struct FileTests {
    /// Two images of 2 × 2 pixels and their labels, in the IDX format.
    private static let images: [UInt8] =
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2] + [0, 51, 255, 102, 1, 2, 3, 4]
    private static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 5]

    @Test func pixelsAreScaledAndLabelsNumbered() throws {
        try withFiles(Self.images, Self.labels) { images, labels in
            let data = try Dataset(idxImages: images, labels: labels)
            #expect(data.rows == 2)
            #expect(data.columns == 4)
            #expect(data.features(at: 0) == [0, 0.2, 1, 0.4])
            #expect(data.classes == [.integer(5), .integer(7)])
            #expect(data.label(at: 0) == .integer(7))
        }
    }

    @Test(
        arguments: [
            (Array(images.dropLast()), "expected 24 bytes, as its header says, got 23"),
            (images + [0], "expected 24 bytes, as its header says, got 25"),
            (Array(images.prefix(10)), "expected a header of 16 bytes, got a file of 10"),
            ([], "expected an IDX file, got 0 bytes"),
            (
                [0x50, 0x4B, 3, 4],
                "expected an IDX file, which begins with two zero bytes, got bytes 80 and 75"
            ),
            ([0, 0, 13, 1], "expected an IDX file of unsigned bytes (type 8), got type 13"),
            ([0, 0, 8, 1, 0, 0, 0, 0], "expected at least 2 dimensions, got 1"),
            (
                [0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 4],
                "expected at least one row of at least one value, got none"
            ),
            (
                [0, 0, 8, 4] + [UInt8](repeating: 255, count: 16),
                "expected a size that fits the file, got dimensions that overflow"
            ),
        ] as [([UInt8], String)])
    func brokenImagesAreNamed(_ bytes: [UInt8], _ expected: String) throws {
        try withFiles(bytes, Self.labels) { images, labels in
            expectError("\(images): \(expected)") {
                try Dataset(idxImages: images, labels: labels)
            }
        }
    }

    @Test func labelsMustCountAsTheImages() throws {
        try withFiles(Self.images, [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]) { images, labels in
            expectError("\(labels): expected 2 labels, as \(images) has images, got 3") {
                try Dataset(idxImages: images, labels: labels)
            }
        }
    }

    @Test func unreadableFilesAreNamed() throws {
        expectError("/nonexistent/x: no such file or directory") {
            try Dataset(csv: "/nonexistent/x", label: "y")
        }
        let folder = FileManager.default.temporaryDirectory.path()
        expectError("\(folder): expected a file, got something else") {
            try Dataset(csv: folder, label: "y")
        }
    }

    @Test func tablesHaveAHeaderAndALabelColumn() throws {
        let text = "\u{FEFF}a,kind,\"b \"\"c\"\"\"\r\n1,x,-2.5e1\r\n\r\n 3 ,\"y, z\",.5\n7,x,1e3"
        try withFile(Array(text.utf8)) { path in
            let data = try Dataset(csv: path, label: "kind")
            #expect(data.rows == 3)
            #expect((0..<3).map { data.features(at: $0) } == [[1, -25], [3, 0.5], [7, 1000]])
            #expect(data.classes == [.string("x"), .string("y, z")])
            #expect(data.label(at: 1) == .string("y, z"))
        }
    }

    @Test(
        arguments: [
            ("3\n1\n2", [.integer(1), .integer(2), .integer(3)]),
            ("1.5\n1", [.real(1), .real(1.5)]),
            (" 2\n1 \n\t1e1", [.real(1), .real(2), .real(10)]),
            ("1\nfew\n3", [.string("1"), .string("3"), .string("few")]),
            ("0x10\n1", [.string("0x10"), .string("1")]),
            ("nan\nNA\nx", [.string("NA"), .string("nan"), .string("x")]),
            (
                "99999999999999999999\n99999999999999999998\n1",
                [.string("1"), .string("99999999999999999998"), .string("99999999999999999999")]
            ),
            (
                "9007199254740993\n9007199254740992\n1.5",
                [.real(1.5), .integer(1 << 53), .integer(1 << 53 + 1)]
            ),
        ] as [(String, [ClassLabel])])
    func labelsAreNumbersIfAllAre(_ column: String, _ classes: [ClassLabel]) throws {
        let rows = column.split(separator: "\n").map { "0,\($0)\n" }.joined()
        try withFile(Array("x,y\n\(rows)".utf8)) { path in
            let data = try Dataset(csv: path, label: "y")
            #expect(data.classes == classes)
        }
    }

    @Test func numbersToPredictComeFromTheLabelColumn() throws {
        try withFile(Array("y,x\n1.5,2\n-3,4\n".utf8)) { path in
            let data = try Dataset(csv: path, label: "y", regression: true)
            #expect(data.outputs == 1)
            #expect(data.classes.isEmpty)
            #expect((0..<2).flatMap { data.values(at: $0) } == [1.5, -3])
        }
    }

    private static let oneHot = "; one_hot = { \"x\" } makes numbers of texts"
    private static let missing = "; missing = \"drop\", \"mean\" or a number accepts it"
    private static let dropped = "; missing = \"drop\" leaves such rows out"

    @Test(arguments: [
        ("", ": expected a line of column names, got an empty file"),
        ("x,y\n", ": expected at least one row after the column names, got none"),
        ("a,b\n1,2", ":1: expected a column named y, got columns a, b"),
        ("y,x,y\n1,2,3", ":1: expected one column named y, got columns 1 and 3"),
        ("y,x,z,x\n1,2,3,4", ":1: expected one column named x, got columns 2 and 4"),
        ("y\n1", ":1: expected at least one column besides y, got none"),
        ("x;y\n1;2", ":1: expected a column named y, got columns x;y; separator = \";\"?"),
        (
            "x\ty\n1\t2",
            #":1: expected a column named y, got columns x\t"# + #"y; separator = "\t"?"#
        ),
        ("x;y,z\n1,2", ":1: expected a column named y, got columns x;y, z"),
        ("x,y\n1,2\n\nfoo,2", ":4: expected a finite number in column x, got foo\(oneHot)"),
        ("x,y\n1,2\n,2", ":3: expected a finite number in column x, got an empty cell\(missing)"),
        ("x,y\nnan,2", ":2: expected a finite number in column x, got nan\(missing)"),
        ("x,y\n1e50,2", ":2: expected a finite number in column x, got 1e50"),
        ("x,y\n1,", ":2: expected a label in column y, got an empty cell\(dropped)"),
        ("x,y\n1, \t", ":2: expected a label in column y, got an empty cell\(dropped)"),
        ("x,y\n1,a\n2,", ":3: expected a label in column y, got an empty cell\(dropped)"),
        (
            "x,y\n1,0\n2,1\n3,nan",
            ":4: expected a number in column y, as in line 2, got nan\(dropped)"
        ),
        (
            "x,y\n1,n/a\n\n2,1\n3,a",
            ":2: expected a number in column y, as in line 4, got n/a\(dropped)"
        ),
        (
            "x,y\n1,?\n2,NA\n3,-1.5",
            ":2: expected a number in column y, as in line 4, got ?\(dropped)"
        ),
        ("x,y\n1,1\n2,Inf", ":3: expected a number in column y, as in line 2, got Inf"),
        ("x,y\n1,1e400\n2,2", ":2: expected a finite number in column y, got 1e400"),
        ("x,y\n0x10,2", ":2: expected a finite number in column x, got 0x10\(oneHot)"),
        ("x,y\n \t,2", ":2: expected a finite number in column x, got an empty cell\(missing)"),
        ("x,y\n1,2\n3", ":3: expected 2 cells, got 1"),
        ("x,y\n1,2,3", ":2: expected 2 cells, got 3"),
        ("x,y\n1,\"2", ":2: expected a closing quote before the end of the cell, got none"),
        ("x,y\n\"a\nb\",2", ":2: expected a finite number in column x, got a\\nb\(oneHot)"),
    ])
    func brokenTablesAreNamedByLine(_ text: String, _ expected: String) throws {
        try withFile(Array(text.utf8)) { path in
            expectError(path + expected) { try Dataset(csv: path, label: "y") }
        }
    }

    /// A cell of a megabyte with an escape code in it does not end up on a terminal.
    @Test func whatAFileHoldsIsShownInOneShortLine() throws {
        let cell = "\u{1B}[2J" + String(repeating: "x", count: 1 << 20)
        try withFile(Array("x,y\n\(cell),1".utf8)) { path in
            let shown = "\\u{1B}[2J" + String(repeating: "x", count: 196) + "…" + Self.oneHot
            expectError("\(path):2: expected a finite number in column x, got \(shown)") {
                try Dataset(csv: path, label: "y")
            }
        }
    }

    private func withFiles(
        _ first: [UInt8], _ second: [UInt8], _ body: (String, String) throws -> Void
    ) throws {
        try withFile(first) { a in try withFile(second) { b in try body(a, b) } }
    }
}
