import NN
import Testing

/// Files that gzip packed, whatever their names.
@Suite struct GzipTests {
    private func read(_ images: String) throws -> Dataset {
        try Dataset(idxImages: images, labels: fixture("labels.gz"))
    }

    @Test(arguments: ["images.gz", "parts.gz"]) func gzippedImagesAreRead(_ name: String) throws {
        let data = try read(fixture(name))
        #expect(data.rows == 4)
        #expect(data.features(at: 3) == [12, 13, 14, 15].map { Float($0 * 17) / 255 })
        #expect((0..<4).map { data.label(at: $0) } == [3, 1, 3, 2].map { .integer($0) })
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try fixtureBytes("images.gz")
        for length in 0..<bytes.count {
            try withFile(Array(bytes[..<length])) { path in
                #expect(throws: DatasetError.self, "\(length) bytes") {
                    try read(path)
                }
            }
        }
        let cut = Array(bytes.dropLast(3))
        try withFile(cut) { path in
            expectError(
                "\(path): expected more packed bytes after byte \(cut.count), got the end of the "
                    + "file"
            ) {
                try read(path)
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
                try read(path)
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
                try read(path)
            }
        }
    }

    /// The length at a file's end asks for no more memory than the file can fill.
    @Test func lengthsThatLieAreNoMatter() throws {
        var bytes = try fixtureBytes("images.gz")
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0xFF, 0xFF, 0xFF, 0xFF])
        try withFile(bytes) { path in
            #expect(throws: DatasetError.self) {
                try read(path)
            }
        }
    }
}
