import NN
import Testing

/// Archives of arrays that NumPy wrote, and what is said of others.
@Suite struct NumPyArchiveTests {
    private let table: [[Float]] = [[-1, -0.5, 0], [0.5, 1, 1.5], [2, 2.5, 3], [3.5, 4, 4.5]]

    @discardableResult
    private func read(_ path: String) throws -> Dataset {
        try Dataset(npz: path, features: "x", labels: "y")
    }

    @Test(arguments: ["stored.npz", "deflated.npz", "zip64.npz"])
    func archivesAreRead(_ name: String) throws {
        let data = try read(fixture(name))
        #expect((0..<4).map { data.features(at: $0) } == table)
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

    /// An archive of more than 4 GB, or of more than 65,535 arrays, leaves the numbers of its last
    /// record to a wider one before it.
    @Test func wideRecordsOfArchivesAreRead() throws {
        let bytes = try fixtureBytes("zip64.npz")
        var wide = bytes
        let end = bytes.count - 22
        wide.replaceSubrange(end + 8..<end + 20, with: [UInt8](repeating: 0xFF, count: 12))
        try withFile(wide) { path in
            let data = try read(path)
            #expect((0..<4).map { data.features(at: $0) } == table)
        }
        // The locator's offset, the record's offset and count, and a size of x in the directory.
        let record = end - 20 - 56
        for place in [end - 20 + 8, record + 48, record + 32, 494 + 46 + 5 + 4] {
            for value: UInt8 in [0x7F, 0xFF] {
                var changed = wide
                changed.replaceSubrange(place + 7..<place + 8, with: [value])
                try withFile(changed) { path in
                    #expect(throws: DatasetError.self, "\(place)") {
                        try read(path)
                    }
                }
            }
        }
        // Without their extra fields the sizes of x are not there.
        var narrow = bytes
        narrow[494 + 46 + 5] = 2
        try withFile(narrow) { path in
            expectError("\(path): expected sizes of x.npy, got none") {
                try read(path)
            }
        }
    }

    @Test(arguments: ["stored.npz", "deflated.npz", "zip64.npz"])
    func truncatedArchivesAreRefused(_ name: String) throws {
        let bytes = try fixtureBytes(name)
        for length in 0..<bytes.count {
            try withFile(Array(bytes[..<length])) { path in
                #expect(throws: DatasetError.self, "\(length) bytes") { try read(path) }
            }
        }
    }

    /// A changed element is found by the array's checksum.
    @Test func damageIsFoundByTheChecksum() throws {
        var bytes = try fixtureBytes("stored.npz")
        bytes[200] ^= 1
        try withFile(bytes) { path in
            expectError(
                "\(path): expected x.npy with the length and checksum it was packed with, got others"
            ) { try read(path) }
        }
    }
}
