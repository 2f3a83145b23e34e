import NN
import Testing

/// Files in Weka's format.
@Suite struct ARFFTests {
    private func read(
        _ text: String, _ change: (inout ARFFOptions) -> Void = { _ in }
    ) throws -> Dataset {
        var options = ARFFOptions()
        change(&options)
        return try withFile(Array(text.utf8)) { try Dataset(arff: $0, options) }
    }

    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    private static let weather = """
        % The weather of Weka.
        @RELATION 'the weather'

        @attribute outlook {sunny, overcast, 'light rain'}
        @ATTRIBUTE temperature REAL
        @attribute "wind, or none" {TRUE,FALSE}
        @attribute note string
        @attribute play {yes, no}

        @data
        sunny,85,FALSE,'it\\'s hot',no
        overcast,\t83 , TRUE, ?,yes   % a comment
        'light rain',?,FALSE,x,yes

        """

    @Test func attributesBecomeFeatures() throws {
        let data = try read(Self.weather) { ($0.columns, $0.missing) = (.without(["note"]), .mean) }
        #expect(
            data.featureNames == [
                "outlook=sunny", "outlook=overcast", "outlook=light rain", "temperature",
                "wind, or none=TRUE", "wind, or none=FALSE",
            ])
        #expect(
            features(data) == [[1, 0, 0, 85, 0, 1], [0, 1, 0, 83, 1, 0], [0, 0, 1, 84, 0, 1]])
        #expect(data.classes == [.string("no"), .string("yes")])
        let dropped = try read(Self.weather) {
            ($0.columns, $0.missing) = (.only([2]), .dropped)
        }
        #expect(features(dropped) == [[85], [83]])
        let text = try read(Self.weather) {
            ($0.label, $0.columns, $0.missing) = ("note", .only([1]), .dropped)
        }
        #expect(text.classes == [.string("it's hot"), .string("x")])
    }

    @Test func sparseRowsHaveZerosAndFirstValues() throws {
        let text = """
            @relation r
            @attribute a numeric
            @attribute b {p, q}
            @attribute y {0, 1}
            @data
            {0 7, 1 q, 2 1}
            { }
            {1 p}
            {0 ?}

            """
        let data = try read(text) { $0.missing = .value(-1) }
        #expect(features(data) == [[7, 0, 1], [0, 1, 0], [0, 1, 0], [-1, 1, 0]])
        #expect((0..<4).map { data.label(at: $0) } == [1, 0, 0, 0].map { .integer($0) })
        let numbers = try read(text.replacing("{0, 1}", with: "numeric")) {
            ($0.regression, $0.missing) = (true, .mean)
        }
        #expect((0..<4).flatMap { numbers.values(at: $0) } == [1, 0, 0, 0])
        #expect(numbers.features(at: 3)[0] == Float(7) / 3)
    }

    private static let missing = "; missing = \"drop\", \"mean\" or a number accepts it"
    private static let dropped = "; missing = \"drop\" leaves such rows out"
    private static let head = "@relation r\n@attribute a numeric\n@attribute y {u, v}\n@data\n"

    @Test(
        arguments: [
            ("", ": expected @data after the attributes, got the end of the file"),
            ("a,b\n1,2", ":1: expected @relation, @attribute or @data, got a"),
            (
                "@attribute a\n",
                ":1: expected numeric, string or { values } as the type of a, got none"
            ),
            (
                "@attribute a float\n",
                ":1: expected numeric, string or { values } as the type of a, got float"
            ),
            ("@attribute a {u\n", ":1: expected a closing brace after the values, got none"),
            ("@attribute a {}\n", ":1: expected at least one value of a, got none"),
            ("@attribute a {u,u}\n", ":1: expected each value of a once, got u twice"),
            ("@relation r\n@data\n", ":2: expected @attribute first, got @data"),
            (head, ": expected at least one row after @data, got none"),
            ("\(head)1\n", ":5: expected 2 values, got 1"),
            ("\(head)1,u,v\n", ":5: expected 2 values, got 3"),
            ("\(head)1,u,{5}\n", ":5: expected 2 values, got a brace after 2"),
            ("\(head)x,u\n", ":5: expected a finite number in column a, got x"),
            (
                "\(head)\n?,u\n",
                ":6: expected a finite number in column a, got an empty cell\(missing)"
            ),
            (
                "\(head)1,?\n",
                ":5: expected a label in column y, got an empty cell\(dropped)"
            ),
            ("\(head)1,w\n", ":5: expected one of the values of y, got w"),
            ("\(head)1,'u\n", ":5: expected a closing quote before the end of the line, got none"),
            ("\(head){2 u}\n", ":5: expected an index from 0 to 1, got 2"),
            ("\(head){1 u, 0 2}\n", ":5: expected a closing brace after the last value, got 0"),
            ("\(head){0 1\n", ":5: expected a closing brace after the values, got none"),
            ("\(head){0}\n", ":5: expected a value after the index 0, got none"),
            ("\(head){0 1} 2\n", ":5: expected the end of the line after }, got more"),
            (
                "@attribute d date 'yyyy'\n@attribute y {u}\n@data\n1999,u",
                ": expected a numeric or nominal attribute d, got date; drop = { \"d\" } leaves it out"
            ),
            (
                "@attribute s string\n@attribute y {u}\n@data\nx,u",
                ": expected a numeric or nominal attribute s, got string; drop = { \"s\" } leaves it out"
            ),
            (
                "@attribute a numeric\n@data\n1\n",
                ":1: expected at least one column besides -1, got none"
            ),
        ] as [(String, String)])
    func brokenFilesAreNamedByLine(_ text: String, _ message: String) throws {
        try withFile(Array(text.utf8)) { path in
            expectError(path + message) { try Dataset(arff: path) }
        }
    }
}
