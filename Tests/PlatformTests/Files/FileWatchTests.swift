import Platform
import Testing

@Suite("Watches of files")
struct FileWatchTests {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = "\(scratch.path)/a"
        try scratch.write("text", to: "a")
    }

    @Test("a file that is written keeps its name")
    func writing() throws {
        let watch = try #require(FileWatch(path))
        let file = open(path, O_WRONLY)
        #expect(pwrite(file, "more", 4, 0) == 4)
        close(file)
        #expect(!watch.wasTouched)
    }

    @Test("a file that is renamed or removed is told of once", arguments: [true, false])
    func losing(isRenamed: Bool) throws {
        let watch = try #require(FileWatch(path))
        #expect(isRenamed ? rename(path, path + "2") == 0 : unlink(path) == 0)
        #expect(watch.wasTouched)
    }

    @Test("what is not there cannot be watched")
    func nothing() { #expect(FileWatch(path + "-none") == nil) }

    @Test("a name leads to the same file as its descriptor")
    func identity() throws {
        let file = open(path, O_RDONLY)
        defer { close(file) }
        var status = stat()
        #expect(fstat(file, &status) == 0)
        #expect(FileIdentity(path) == FileIdentity(status))
        #expect(FileIdentity(path + "-none") == nil)
    }
}
