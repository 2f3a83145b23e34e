import NN
import Testing

/// Files in LIBSVM's format, as scikit-learn writes them, and what is said of others.
@Suite struct LIBSVMTests {
    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    private let table: [[Float]] = [[-1, -0.5, 0], [0.5, 1, 1.5], [2, 2.5, 3], [3.5, 4, 4.5]]

    @Test(arguments: ["one-based", "zero-based"]) func classesAreRead(_ name: String) throws {
        let data = try Dataset(libsvm: fixture("\(name).libsvm"))
        #expect(features(data) == table)
        #expect((0..<4).map { data.label(at: $0) } == [3, 1, 3, 2].map { .integer($0) })
    }

    @Test func numbersToPredictAreRead() throws {
        let data = try Dataset(libsvm: fixture("values.libsvm"), regression: true, features: 5)
        #expect(features(data) == table.map { $0 + [0, 0] })
        #expect((0..<4).flatMap { data.values(at: $0) } == [3.25, 1.25, 3.25, 2.25])
    }

    @Test func signsBlanksAndCommentsAreRead() throws {
        try withFile(Array("+1 2:.5 # one\r\n\n# none\n-1\t1:1e-1  \n-1 # zeros".utf8)) { path in
            let data = try Dataset(libsvm: path)
            #expect(features(data) == [[0, 0.5], [0.1, 0], [0, 0]])
            #expect((0..<3).map { data.label(at: $0) } == [1, -1, -1].map { .integer($0) })
        }
    }

    @Test(arguments: [
        ("", ": expected at least one line that begins with a number, got none"),
        ("# only\n", ": expected at least one line that begins with a number, got none"),
        ("1\n2", ": expected at least one feature that is not zero, got none"),
        ("1 1:1\nx 1:1", ":2: expected a line that begins with a finite number, got x"),
        ("1,2 1:1", ":1: expected a line that begins with a finite number, got 1,2"),
        ("nan 1:1", ":1: expected a line that begins with a finite number, got nan"),
        (
            "1 qid:3 1:1",
            ":1: expected index:value with an integer from 0 and a finite number, got qid:3"
        ),
        (
            "1 1:1\n\n1 1:inf",
            ":3: expected index:value with an integer from 0 and a finite number, got 1:inf"
        ),
        ("1 1", ":1: expected index:value with an integer from 0 and a finite number, got 1"),
        ("1 1:", ":1: expected index:value with an integer from 0 and a finite number, got 1:"),
        (
            "1 -1:1",
            ":1: expected index:value with an integer from 0 and a finite number, got -1:1"
        ),
        ("1 2:1 2:3", ":1: expected an index above 2, got 2"),
        ("1 1:1\n2 7:3\n1 1:1", ":2: expected indices up to 5, for 5 features, got 7"),
        ("1 0:1\n2 5:3", ":2: expected indices up to 4, for 5 features, got 5"),
    ])
    func brokenFilesAreNamedByLine(_ text: String, _ expected: String) throws {
        try withFile(Array(text.utf8)) { path in
            expectError(path + expected) {
                try Dataset(libsvm: path, features: expected.contains("5 features") ? 5 : nil)
            }
        }
    }

    /// 200 rows of 2^32 features would be three terabytes, one of them 17 GB.
    @Test(arguments: [0, 199]) func hugeIndicesAreRefused(rows: Int) throws {
        let text = "1 4294967295:1\n" + String(repeating: "2 1:1\n", count: rows)
        let most = max(1 << 20, 1000 * text.utf8.count) / (rows + 1)
        try withFile(Array(text.utf8)) { path in
            expectError(
                "\(path):1: expected an index of at most \(most), as rows are kept whole and this "
                    + "file is small, got 4294967295"
            ) { try Dataset(libsvm: path) }
            #expect(throws: OutOfMemory.self) { try Dataset(libsvm: path, features: 1 << 40) }
        }
    }

    @Test func numbersAreDecimal() throws {
        try withFile(Array("0x10 1:1".utf8)) { path in
            expectError("\(path):1: expected a line that begins with a finite number, got 0x10") {
                try Dataset(libsvm: path)
            }
        }
    }
}
