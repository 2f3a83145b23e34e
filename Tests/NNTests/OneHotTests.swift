import NN
import Testing

/// Tables with columns of text.
@Suite struct OneHotTests {
    private static let missing = "; missing = \"drop\", \"mean\" or a number accepts it"
    private static let dropped = "; missing = \"drop\" leaves such rows out"
    private let table = """
        size;colour;y;"town, or none"
        1;red;a;3
        2;"green; dark";b;"x"
        3;red;a;x
        """

    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    @Test func chosenColumnsHaveAFeatureForEachValue() throws {
        try withFile(Array(table.utf8)) { path in
            let data = try Dataset(
                csv: path, label: "y", oneHot: .named(["town, or none", "colour"]),
                separator: ";")
            #expect(
                data.featureNames == [
                    "size", "colour=green; dark", "colour=red", "town, or none=3",
                    "town, or none=x",
                ])
            #expect(features(data) == [[1, 0, 1, 1, 0], [2, 1, 0, 0, 1], [3, 0, 1, 0, 1]])
            #expect(data.classes == [.string("a"), .string("b")])
            let parts = try data.split(fraction: 0.5, seed: 1)
            #expect(try parts.first.standardized().featureNames == data.featureNames)
            #expect(try data.subset(1..<2).featureNames == data.featureNames)
        }
    }

    /// A column of both is refused where the text stands, as `NA` among numbers has to be.
    @Test func columnsWithoutNumbersAreText() throws {
        try withFile(Array(table.utf8)) { path in
            expectError(
                "\(path):3: expected a finite number in column town, or none, got x; "
                    + "one_hot = { \"town, or none\" } makes numbers of texts"
            ) {
                try Dataset(csv: path, label: "y", oneHot: .text, separator: ";")
            }
        }
        try withFile(Array("a,b,y\n1,u,0\n2,v,1\n".utf8)) { path in
            let data = try Dataset(csv: path, label: "y", oneHot: .text)
            #expect(data.featureNames == ["a", "b=u", "b=v"])
            #expect(features(data) == [[1, 1, 0], [2, 0, 1]])
        }
    }

    /// `NA` is a category among texts and a missing value among numbers.
    @Test func missingNumbersAreNoCategories() throws {
        try withFile(Array("a,b,y\n1,u,0\n2,NA,1\n3,nan,1".utf8)) { path in
            for columns: OneHotColumns in [.text, .named(["b"])] {
                let data = try Dataset(csv: path, label: "y", oneHot: columns)
                #expect(data.featureNames == ["a", "b=NA", "b=nan", "b=u"])
            }
        }
        try withFile(Array("b,y\n7,0\n7,1\nNA,1".utf8)) { path in
            expectError("\(path):4: expected a number in column b, as in line 2, got NA") {
                try Dataset(csv: path, label: "y", oneHot: .named(["b"]))
            }
        }
    }

    @Test func anotherFileIsReadLikeTheFirst() throws {
        try withFile(Array("a,b,y\n1,u,0\n2,v,1\n3,w,1".utf8)) { path in
            let train = try Dataset(csv: path, label: "y", oneHot: .text)
            try withFile(Array("y,b,a\n1,v,7".utf8)) { other in
                let test = try Dataset(csv: other, label: "y", like: train)
                #expect(features(test) == [[7, 0, 1, 0]])
                #expect(test.featureNames == train.featureNames)
            }
            for (text, expected) in [
                ("a,b,y\n1,z,0", ":2: expected one of u, v, w in column b, got z"),
                (
                    "a,b,y\n1,,0",
                    ":2: expected a value in column b, got an empty cell\(Self.dropped)"
                ),
                ("a,y\n1,0", ":1: expected a column named b, got columns a, y"),
                (
                    "a,b,c,y\n1,u,2,0",
                    ":1: expected columns a, b besides y, got also c; drop = { \"c\" } leaves it out"
                ),
            ] {
                try withFile(Array(text.utf8)) { other in
                    expectError(other + expected) {
                        try Dataset(csv: other, label: "y", like: train)
                    }
                }
            }
        }
    }

    @Test func whatCannotBeIsNamed() throws {
        try withFile(Array("a,b,y\n1,,0\n2,,1".utf8)) { path in
            expectError("\(path):1: expected a column named c, got columns a, b, y") {
                try Dataset(csv: path, label: "y", oneHot: .named(["c"]))
            }
            expectError("one_hot: expected columns of features, got y, the label's") {
                try Dataset(csv: path, label: "y", oneHot: .named(["y"]))
            }
            expectError(
                "\(path):2: expected a finite number in column b, got an empty cell\(Self.missing)"
            ) {
                try Dataset(csv: path, label: "y", oneHot: .text)
            }
            expectError(
                "\(path):2: expected a value in column b, got an empty cell\(Self.dropped)"
            ) {
                try Dataset(csv: path, label: "y", oneHot: .named(["b"]))
            }
            let nameless = try Dataset(features: [[1]], labels: [.integer(0)])
            expectError("like: expected a data set from a table with named columns, got data") {
                try Dataset(csv: path, label: "y", like: nameless)
            }
            expectError(
                "separator: expected an ASCII character but a quote or an end of line, got \\n"
            ) {
                try Dataset(csv: path, label: "y", separator: "\n")
            }
        }
    }
}
