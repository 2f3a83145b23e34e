import DataSets
import Foundation
import Testing

@Suite struct FetchTests {
    @Test func bringsVerifiedFilesAndThenLeavesThemAlone() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror])
        var events: [FetchEvent] = []

        let fetched = try await cache.fetch("tiny") { events.append($0) }
        let located = try cache.locate("tiny")
        #expect(fetched == located)
        #expect(fetched.trainImages == "\(fixture.folder)/train-images-idx3-ubyte")
        for file in fixture.files {
            let bytes = try fixture.bytes("\(fixture.folder)/\(file.name)")
            #expect(try bytes == fixture.originalBytes(file))
        }
        #expect(fixture.cacheContents() == fixture.files.map { "tiny/\($0.name)" }.sorted())

        try await cache.fetch("tiny") { events.append($0) }
        #expect(
            events == [
                .trying(name: "tiny", source: "mirror"),
                .fetched(name: "tiny", source: "mirror", directory: fixture.folder),
                .verified(name: "tiny", directory: fixture.folder),
            ])
    }

    @Test func triesTheNextSourceWhenOneFails() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.deadMirror, fixture.mirror])
        var failed: [String] = []
        try await cache.fetch("tiny") { event in
            if case .failed(_, let failure) = event { failed.append(failure.source) }
        }
        #expect(failed == ["dead"])
        #expect(throws: Never.self) { try cache.locate("tiny") }
    }

    @Test func readsTheArraysInAWheelWithoutNumPy() async throws {
        let fixture = try Fixture()
        try await fixture.cache([fixture.wheel]).fetch("tiny")
        for file in fixture.files {
            let bytes = try fixture.bytes("\(fixture.folder)/\(file.name)")
            #expect(try bytes == fixture.originalBytes(file))
        }
    }

    @Test func takesPackedFilesFromAFolderAndPassesByOneThatIsNotThere() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([
            .folder(path: "\(fixture.root)/nowhere"), .folder(path: "\(fixture.root)/mirror"),
        ])
        var events: [FetchEvent] = []
        try await cache.fetch("tiny") { events.append($0) }
        #expect(events.first == .trying(name: "tiny", source: "\(fixture.root)/mirror"))
        // The folder is the system's and keeps its files.
        #expect(
            FileManager.default.fileExists(
                atPath: "\(fixture.root)/mirror/\(fixture.files[0].name).gz"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/dpkg-deb")))
    func unpacksADebianPackageWithoutInstallingIt() async throws {
        let fixture = try Fixture()
        let package = "\(fixture.root)/package"
        try FileManager.default.createDirectory(
            atPath: "\(package)/usr/share/datasets", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: "\(fixture.root)/mirror", toPath: "\(package)/usr/share/datasets/tiny")
        try FileManager.default.createDirectory(
            atPath: "\(package)/DEBIAN", withIntermediateDirectories: true)
        try """
        Package: dataset-tiny
        Version: 1
        Architecture: all
        Maintainer: Nobody <nobody@example.org>
        Description: seven images

        """.write(toFile: "\(package)/DEBIAN/control", atomically: true, encoding: .utf8)
        try Fixture.run("dpkg-deb", ["-b", package, "\(fixture.root)/tiny_1_all.deb"])
        let tools = try fixture.shadowing(
            "apt-get",
            with: "test \"$2 $7\" = 'download dataset-tiny' && cp \(fixture.root)/*.deb .")

        let source = Source.debianPackage(
            name: "dataset-tiny", folder: "usr/share/datasets/tiny")
        try await fixture.cache([source], toolPath: tools).fetch("tiny")
        #expect(fixture.cacheContents() == fixture.files.map { "tiny/\($0.name)" }.sorted())
    }

    @Test func replacesOnlyWhatIsWrong() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror])
        try await cache.fetch("tiny")
        let damaged = "\(fixture.folder)/\(fixture.files[2].name)"
        let untouched = "\(fixture.folder)/\(fixture.files[0].name)"
        // The same size, so that only the checksum can tell.
        var bytes = try fixture.originalBytes(fixture.files[2])
        bytes[100] ^= 1
        try Data(bytes).write(to: URL(filePath: damaged))
        let inode = try identity(of: untouched)

        try await cache.fetch("tiny")
        #expect(try fixture.bytes(damaged) == fixture.originalBytes(fixture.files[2]))
        #expect(try identity(of: untouched) == inode)
    }

    @Test func twoAtOnceDoNoHarm() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror])
        let seen = try await withThrowingTaskGroup(of: [FetchEvent].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var events: [FetchEvent] = []
                    try await cache.fetch("tiny") { events.append($0) }
                    return events
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let folder = fixture.folder
        #expect(
            seen.count { $0 == .fetched(name: "tiny", source: "mirror", directory: folder) } == 1)
        #expect(seen.count { $0 == .verified(name: "tiny", directory: folder) } == 3)
        #expect(fixture.cacheContents() == fixture.files.map { "tiny/\($0.name)" }.sorted())
    }

    private func identity(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
}
