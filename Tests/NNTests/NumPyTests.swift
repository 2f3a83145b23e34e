import NN
import Testing

/// Arrays that NumPy itself wrote, and what is said of files that are none.
@Suite struct NumPyTests {
    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
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
        let data = try Dataset(
            npyFeatures: fixture("\(name).npy"), labels: fixture("labels.npy"))
        #expect(features(data) == table(0.5, -1))
        #expect(data.classes == [1, 2, 3].map { .integer($0) })
        #expect((0..<4).map { data.label(at: $0) } == [3, 1, 3, 2].map { .integer($0) })
    }

    @Test(arguments: ["i1", "i2", "i4", "i8"]) func integersAreRead(_ name: String) throws {
        let data = try Dataset(npyFeatures: fixture("\(name).npy"), labels: fixture("labels.npy"))
        #expect(features(data) == table(1, -2))
    }

    @Test(arguments: ["u1", "u2", "u4", "u8", "big-u2"])
    func unsignedIntegersAreRead(_ name: String) throws {
        let data = try Dataset(npyFeatures: fixture("\(name).npy"), labels: fixture("labels.npy"))
        #expect(features(data) == table(1, 0))
    }

    @Test func booleansAreZeroAndOne() throws {
        let data = try Dataset(npyFeatures: fixture("bool.npy"), labels: fixture("labels.npy"))
        #expect(features(data) == table(0.5, -1).map { $0.map { $0 > 1 ? 1 : 0 } })
    }

    @Test(arguments: ["cube", "cube-fortran"])
    func whatFollowsTheFirstDimensionIsOneRow(_ name: String) throws {
        let data = try Dataset(npyFeatures: fixture("\(name).npy"), labels: fixture("labels.npy"))
        #expect(features(data) == (0..<4).map { row in (0..<6).map { Float(row * 6 + $0) } })
    }

    @Test func pixelsAreScaledWhereThatIsAsked() throws {
        let (path, labels) = (fixture("pixels.npy"), fixture("labels.npy"))
        let pixels = try Dataset(npyFeatures: path, labels: labels, pixels: true)
        #expect(pixels.features(at: 3) == [12, 13, 14, 15].map { Float($0 * 17) / 255 })
        let numbers = try Dataset(npyFeatures: path, labels: labels)
        #expect(numbers.features(at: 3) == [12, 13, 14, 15].map { $0 * 17 })
        expectError(
            "\(fixture("i2.npy")): expected pixels, an array of type uint8 in C order, got "
                + "type int16"
        ) {
            try Dataset(npyFeatures: fixture("i2.npy"), labels: labels, pixels: true)
        }
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
        let data = try Dataset(npyFeatures: fixture("i1.npy"), labels: fixture("\(name).npy"))
        #expect(data.classes == classes)
    }

    @Test func numbersToPredictMayBeSeveral() throws {
        let path = fixture("fortran.npy")
        let one = try Dataset(
            npyFeatures: path, labels: fixture("labels-float.npy"), regression: true)
        #expect((0..<4).flatMap { one.values(at: $0) } == [3.5, 1.5, 3.5, 2.5])
        let three = try Dataset(npyFeatures: path, labels: path, regression: true)
        #expect(three.outputs == 3)
        #expect(three.values(at: 2) == [2, 2.5, 3])
    }

    @Test(arguments: ["stored.npz", "deflated.npz"])
    func archivesAreRead(_ name: String) throws {
        let data = try Dataset(npz: fixture(name), features: "x", labels: "y")
        #expect(features(data) == table(0.5, -1))
        #expect((0..<4).map { data.label(at: $0) } == [3, 1, 3, 2].map { .integer($0) })
        expectError("\(fixture(name)): expected an array named z, got arrays x, y") {
            try Dataset(npz: fixture(name), features: "z", labels: "y")
        }
        expectError(
            "\(fixture(name)): array y: expected an array of at least 2 dimensions, got shape (4,)"
        ) {
            try Dataset(npz: fixture(name), features: "y", labels: "y")
        }
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
        let path = fixture("\(name).npy")
        expectError("\(path): \(expected)") {
            try Dataset(npyFeatures: path, labels: fixture("labels.npy"))
        }
    }

    /// The smallest and the largest of half precision, and what is no number in it.
    @Test func halfPrecisionHasItsEdges() throws {
        let data = try Dataset(
            npyFeatures: fixture("half-edges.npy"), labels: fixture("labels.npy"))
        #expect(
            features(data)
                == [
                    [0x1p-24, 65504], [-0.0, -0x1p-14], [0x1.ff8p-15, 1], [-2.5, 0.0999755859375],
                ])
        var bytes = try fixtureBytes("half.npy")
        bytes.replaceSubrange(bytes.count - 2..<bytes.count, with: [0, 0x7C])
        try withFile(bytes) { path in
            expectError("\(path): expected a finite number in row 4, column 3, got inf") {
                try read(path, isArchive: false)
            }
        }
    }

    @Test func textThatIsNoLabelIsNamed() throws {
        let (features, labels) = (fixture("i1.npy"), fixture("labels-text.npy"))
        expectError("\(labels): expected numbers, got text") {
            try Dataset(npyFeatures: features, labels: labels, regression: true)
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
            try withFile(changed) { path in
                expectError("\(path): expected \(expected)") {
                    try Dataset(npyFeatures: features, labels: path)
                }
            }
        }
    }

    @Test func recordsAreRefused() {
        #expect(throws: DatasetError.self) {
            try Dataset(npyFeatures: fixture("records.npy"), labels: fixture("labels.npy"))
        }
    }

    @Test func labelsMustCountAsTheRows() {
        let (features, labels) = (fixture("i1.npy"), fixture("cube.npy"))
        expectError("\(labels): expected one label for each row, got shape (4, 3, 2)") {
            try Dataset(npyFeatures: features, labels: labels)
        }
        expectError("\(fixture("scalar.npy")): expected 4 rows, as \(features) has, got shape ()") {
            try Dataset(npyFeatures: features, labels: fixture("scalar.npy"))
        }
    }

    /// Every beginning of a good file is refused, and so is one byte too many.
    @Test(arguments: ["i1.npy", "stored.npz", "deflated.npz"])
    func truncatedFilesAreRefused(_ name: String) throws {
        let bytes = try fixtureBytes(name)
        for length in 0..<bytes.count {
            try withFile(Array(bytes[..<length])) { path in
                #expect(throws: DatasetError.self, "\(length) bytes") {
                    try read(path, isArchive: name.hasSuffix("npz"))
                }
            }
        }
        let (header, size) = (128, bytes.count)
        guard name == "i1.npy" else { return }
        try withFile(bytes + [0]) { path in
            expectError("\(path): expected \(size) bytes, as shape (4, 3) says, got \(size + 1)") {
                try read(path, isArchive: false)
            }
        }
        try withFile(Array(bytes[..<100])) { path in
            expectError("\(path): expected a header of \(header) bytes, got a file of 100") {
                try read(path, isArchive: false)
            }
        }
    }

    /// A changed byte gives the same data set, another one or an error, and never a crash; a changed
    /// element of an archive is found by its checksum.
    @Test(arguments: ["i1.npy", "stored.npz", "deflated.npz"])
    func damagedFilesDoNoHarm(_ name: String) throws {
        let bytes = try fixtureBytes(name)
        for position in bytes.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var damaged = bytes
                damaged[position] = value
                try withFile(damaged) { path in
                    _ = try? read(path, isArchive: name.hasSuffix("npz"))
                }
            }
        }
        guard name == "stored.npz" else { return }
        var damaged = bytes
        damaged[200] ^= 1
        try withFile(damaged) { path in
            expectError(
                "\(path): expected x.npy with the length and checksum it was packed with, got others"
            ) { try read(path, isArchive: true) }
        }
    }

    private func read(_ path: String, isArchive: Bool) throws {
        _ =
            isArchive
            ? try Dataset(npz: path, features: "x", labels: "y")
            : try Dataset(npyFeatures: path, labels: fixture("labels.npy"))
    }

    @Test func notANumberIsNamedByPlace() throws {
        var bytes = try fixtureBytes("little-f4.npy")
        // Row 2, column 3 is the sixth of twelve floats at the end of the file.
        bytes.replaceSubrange(bytes.count - 28..<bytes.count - 24, with: [0, 0, 0xC0, 0x7F])
        try withFile(bytes) { path in
            expectError("\(path): expected a finite number in row 2, column 3, got nan") {
                try read(path, isArchive: false)
            }
        }
    }
}

/// Files that gzip packed, whatever their names.
@Suite struct GzipTests {
    @Test(arguments: ["images.gz", "parts.gz"]) func gzippedImagesAreRead(_ name: String) throws {
        let data = try Dataset(idxImages: fixture(name), labels: fixture("labels.gz"))
        #expect(data.rows == 4)
        #expect(data.features(at: 3) == [12, 13, 14, 15].map { Float($0 * 17) / 255 })
        #expect((0..<4).map { data.label(at: $0) } == [3, 1, 3, 2].map { .integer($0) })
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try fixtureBytes("images.gz")
        for length in 0..<bytes.count {
            try withFile(Array(bytes[..<length])) { path in
                #expect(throws: DatasetError.self, "\(length) bytes") {
                    try Dataset(idxImages: path, labels: fixture("labels.gz"))
                }
            }
        }
        let cut = Array(bytes.dropLast(3))
        try withFile(cut) { path in
            expectError(
                "\(path): expected more packed bytes after byte \(cut.count), got the end of the "
                    + "file"
            ) {
                try Dataset(idxImages: path, labels: fixture("labels.gz"))
            }
        }
    }

    @Test func damageIsFoundByTheChecksum() throws {
        var bytes = try fixtureBytes("images.gz")
        bytes[bytes.count - 8] ^= 1
        try withFile(bytes) { path in
            expectError(
                "\(path): expected whole packed bytes, got damaged ones near byte "
                    + "\(bytes.count - 4) (incorrect data check)"
            ) {
                try Dataset(idxImages: path, labels: fixture("labels.gz"))
            }
        }
    }

    @Test func whatFollowsIsRefused() throws {
        let bytes = try fixtureBytes("images.gz")
        try withFile(bytes + [1, 2, 3]) { path in
            expectError(
                "\(path): expected the end of the packed bytes at byte \(bytes.count), got "
                    + "3 bytes more"
            ) {
                try Dataset(idxImages: path, labels: fixture("labels.gz"))
            }
        }
    }

    /// The length at a file's end asks for no more memory than the file can fill.
    @Test func lengthsThatLieAreNoMatter() throws {
        var bytes = try fixtureBytes("images.gz")
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0xFF, 0xFF, 0xFF, 0xFF])
        try withFile(bytes) { path in
            #expect(throws: DatasetError.self) {
                try Dataset(idxImages: path, labels: fixture("labels.gz"))
            }
        }
    }
}
