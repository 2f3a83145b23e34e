import DataSets
import Foundation
import Testing

@Suite struct CacheTests {
    @Test(arguments: [
        (["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/mohpo-lua/datasets"),
        (["HOME": "/h"], "/h/.cache/mohpo-lua/datasets"),
        (["XDG_CACHE_HOME": "", "HOME": "/h"], "/h/.cache/mohpo-lua/datasets"),
        (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/mohpo-lua/datasets"),
    ])
    func standardDirectoryFollowsXDG(environment: [String: String], directory: String) {
        #expect(DataSetCache.standard(environment: environment).directory == directory)
    }

    @Test(arguments: [
        ("mnits", "did you mean \"mnist\"? "),
        ("MNIST", "did you mean \"mnist\"? "),
        ("fashion_mnist", "did you mean \"fashion-mnist\"? "),
        ("fashionmnist", "did you mean \"fashion-mnist\"? "),
        ("imagenet", ""),
        ("", ""),
    ])
    func unknownNamesListTheKnownAndTheNearest(name: String, suggestion: String) throws {
        let error = #expect(throws: DataSetError.self) {
            try DataSetCache(directory: "/nowhere").locate(name)
        }
        #expect(
            error?.description
                == "unknown data set \"\(name)\": \(suggestion)known are mnist, fashion-mnist")
    }

    @Test func aMissingSetSaysHowToGetIt() {
        let error = #expect(throws: DataSetError.self) {
            try DataSetCache(directory: "/nowhere").locate("mnist")
        }
        #expect(
            error?.description
                == "data set mnist is not in /nowhere/mnist: run mohpo-lua data fetch mnist")
    }

    @Test func aFileOfTheWrongSizeIsNamed() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror])
        try await cache.fetch("tiny")
        let path = "\(fixture.folder)/train-labels-idx1-ubyte"
        try Data([1, 2]).write(to: URL(filePath: path))
        let error = #expect(throws: DataSetError.self) { try cache.locate("tiny") }
        #expect(
            error?.description
                == "\(path): expected 13 bytes, got 2: run mohpo-lua data fetch tiny")
    }

    @Test func aFolderInPlaceOfAFileIsNoFile() async throws {
        let fixture = try Fixture()
        let path = "\(fixture.folder)/\(fixture.files[0].name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let error = #expect(throws: DataSetError.self) {
            try fixture.cache([fixture.mirror]).locate("tiny")
        }
        #expect(error == .missing(name: "tiny", directory: fixture.folder))
    }

    @Test func listSaysWhatIsHere() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror])
        #expect(cache.list().map(\.isPresent) == [false])
        try await cache.fetch("tiny")
        let listing = try #require(cache.list().first)
        #expect(listing.name == "tiny" && listing.summary == "seven images")
        #expect(listing.isPresent)
        // 5 and 2 images of 784 bytes behind 16, as many labels behind 8.
        #expect(listing.byteCount == (16 + 5 * 784) + (8 + 5) + (16 + 2 * 784) + (8 + 2))
        #expect(listing.directory == fixture.folder)
    }

    @Test(arguments: DataSet.catalogue)
    func sizesAreThoseOfIDXFiles(dataSet: DataSet) {
        for (images, labels, count) in [
            (dataSet.trainImages, dataSet.trainLabels, 60_000),
            (dataSet.testImages, dataSet.testLabels, 10_000),
        ] {
            #expect(images.byteCount == 16 + count * 28 * 28)
            #expect(labels.byteCount == 8 + count)
        }
        #expect(dataSet.files.allSatisfy { $0.sha256.count == 64 })
        #expect(Set(dataSet.files.map(\.sha256)).count == 4)
    }
}
