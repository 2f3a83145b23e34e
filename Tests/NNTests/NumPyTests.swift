import NN
import Testing

/// Arrays that NumPy itself wrote, and what is said of files that are none.
@Suite struct NumPyTests {
    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    private func path(_ name: String) -> String { fixture("\(name).npy") }

    private func read(
        _ name: String, labels: String = "labels", regression: Bool = false, pixels: Bool = false
    ) throws -> Dataset {
        try Dataset(
            npyFeatures: path(name), labels: path(labels), regression: regression, pixels: pixels)
    }

    /// Reads a file as features, with good labels.
    @discardableResult
    private func read(file: String) throws -> Dataset {
        try Dataset(npyFeatures: file, labels: path("labels"))
    }

    /// Row r, column c: r · 3 + c, scaled and shifted.
    private func table(_ scale: Float, _ shift: Float) -> [[Float]] {
        (0..<4).map { row in (0..<3).map { Float(row * 3 + $0) * scale + shift } }
    }

    @Test(arguments: [
        "half", "big-half", "little-f4", "big-f4", "little-f8", "big-f8", "fortran", "version-2",
        "version-3",
    ])
    func floatsAreRead(_ name: String) throws {
        let data = try read(name)
        #expect(features(data) == table(0.5, -1))
        #expect(data.classes == [1, 2, 3].map { .integer($0) })
        #expect((0..<4).map { data.label(at: $0) } == [3, 1, 3, 2].map { .integer($0) })
    }

    @Test(arguments: ["i1", "i2", "i4", "i8"]) func integersAreRead(_ name: String) throws {
        let data = try read(name)
        #expect(features(data) == table(1, -2))
    }

    @Test(arguments: ["u1", "u2", "u4", "u8", "big-u2"])
    func unsignedIntegersAreRead(_ name: String) throws {
        let data = try read(name)
        #expect(features(data) == table(1, 0))
    }

    @Test func booleansAreZeroAndOne() throws {
        let data = try read("bool")
        #expect(features(data) == table(0.5, -1).map { $0.map { $0 > 1 ? 1 : 0 } })
    }

    @Test(arguments: ["cube", "cube-fortran"])
    func whatFollowsTheFirstDimensionIsOneRow(_ name: String) throws {
        let data = try read(name)
        #expect(features(data) == (0..<4).map { row in (0..<6).map { Float(row * 6 + $0) } })
    }

    @Test func pixelsAreScaledWhereThatIsAsked() throws {
        let pixels = [12, 13, 14, 15].map { Float($0 * 17) }
        #expect(try read("pixels", pixels: true).features(at: 3) == pixels.map { $0 / 255 })
        #expect(try read("pixels").features(at: 3) == pixels)
        expectError(
            "\(path("i2")): expected pixels, an array of type uint8 in C order, got type int16"
        ) { try read("i2", pixels: true) }
    }

    @Test(
        arguments: [
            ("labels-column", [.integer(1), .integer(2), .integer(3)]),
            ("labels-float", [.real(1.5), .real(2.5), .real(3.5)]),
            ("labels-bool", [.boolean(false), .boolean(true)]),
            ("labels-half", [.real(1.5), .real(2.5), .real(3.5)]),
            ("labels-text", [.string("blå"), .string("red"), .string("ρ")]),
            ("labels-big-text", [.string("blå"), .string("red"), .string("ρ")]),
            ("labels-bytes", [.string("b"), .string("red"), .string("x y")]),
        ] as [(String, [ClassLabel])])
    func labelsAreOfTheirType(_ name: String, _ classes: [ClassLabel]) throws {
        let data = try read("i1", labels: name)
        #expect(data.classes == classes)
    }

    @Test func numbersToPredictMayBeSeveral() throws {
        let one = try read("fortran", labels: "labels-float", regression: true)
        #expect((0..<4).flatMap { one.values(at: $0) } == [3.5, 1.5, 3.5, 2.5])
        let three = try read("fortran", labels: "fortran", regression: true)
        #expect(three.outputs == 3)
        #expect(three.values(at: 2) == [2, 2.5, 3])
    }

    @Test(arguments: [
        ("text-table", "expected numbers, got text"),
        (
            "complex", "expected elements that are booleans, integers, floats or text, got type <c8"
        ),
        ("scalar", "expected an array of at least 2 dimensions, got shape ()"),
        ("labels", "expected an array of at least 2 dimensions, got shape (4,)"),
    ])
    func arraysThatAreNoFeaturesAreNamed(_ name: String, _ expected: String) {
        expectError("\(path(name)): \(expected)") { try read(name) }
    }

    /// The smallest and the largest of half precision, and what is no number in it.
    @Test func halfPrecisionHasItsEdges() throws {
        let data = try read("half-edges")
        #expect(
            features(data)
                == [
                    [0x1p-24, 65504], [-0.0, -0x1p-14], [0x1.ff8p-15, 1], [-2.5, 0.0999755859375],
                ])
        var bytes = try fixtureBytes("half.npy")
        bytes.replaceSubrange(bytes.count - 2..<bytes.count, with: [0, 0x7C])
        try withFile(bytes) { path in
            expectError("\(path): expected a finite number in row 4, column 3, got inf") {
                try read(file: path)
            }
        }
    }

    @Test func textThatIsNoLabelIsNamed() throws {
        expectError("\(path("labels-text")): expected numbers, got text") {
            try read("i1", labels: "labels-text", regression: true)
        }
        for (bytes, expected) in [
            ([0, 0, 0, 0] as [UInt8], "a label in row 4, got empty text"),
            ([0, 0xD8, 0, 0], "text in row 4, got the code 55296"),
        ] {
            // The last label is "b", "l", "å".
            var changed = try fixtureBytes("labels-text.npy")
            for place in 0..<3 {
                let end = changed.count - 4 * place
                changed.replaceSubrange(end - 4..<end, with: bytes)
            }
            try withFile(changed) { labels in
                expectError("\(labels): expected \(expected)") {
                    try Dataset(npyFeatures: path("i1"), labels: labels)
                }
            }
        }
    }

    @Test func recordsAreRefused() {
        #expect(throws: DatasetError.self) { try read("records") }
    }

    @Test func labelsMustCountAsTheRows() {
        expectError("\(path("cube")): expected one label for each row, got shape (4, 3, 2)") {
            try read("i1", labels: "cube")
        }
        expectError("\(path("scalar")): expected 4 rows, as \(path("i1")) has, got shape ()") {
            try read("i1", labels: "scalar")
        }
    }

    /// Every beginning of a good file is refused, and so is one byte too many.
    @Test func truncatedFilesAreRefused() throws {
        let bytes = try fixtureBytes("i1.npy")
        for length in 0..<bytes.count {
            try withFile(Array(bytes[..<length])) { path in
                #expect(throws: DatasetError.self, "\(length) bytes") { try read(file: path) }
            }
        }
        try withFile(bytes + [0]) { path in
            expectError(
                "\(path): expected \(bytes.count) bytes, as shape (4, 3) says, got "
                    + "\(bytes.count + 1)"
            ) { try read(file: path) }
        }
        try withFile(Array(bytes[..<100])) { path in
            expectError("\(path): expected a header of 128 bytes, got a file of 100") {
                try read(file: path)
            }
        }
    }

    @Test func notANumberIsNamedByPlace() throws {
        var bytes = try fixtureBytes("little-f4.npy")
        // Row 2, column 3 is the sixth of twelve floats at the end of the file.
        bytes.replaceSubrange(bytes.count - 28..<bytes.count - 24, with: [0, 0, 0xC0, 0x7F])
        try withFile(bytes) { path in
            expectError("\(path): expected a finite number in row 2, column 3, got nan") {
                try read(file: path)
            }
        }
    }
}
