import Platform
import Testing

@Suite struct AtomicFileTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test func aFileIsReplaced() throws {
        try scratch.write("old", to: "a")
        try scratch.write("new", to: "a")
        #expect(try scratch.read("a") == "new")
        #expect(scratch.names == ["a"])
    }

    @Test func aLinkStaysAndItsTargetIsReplaced() throws {
        try scratch.write("old", to: "folder/a")
        scratch.link("link", to: "folder/a")
        try scratch.write("new", to: "link")
        #expect(scratch.isLink("link"))
        #expect(try scratch.read("folder/a") == "new")
    }

    @Test func aPipeIsWrittenTo() throws {
        mkfifo("\(scratch.path)/pipe", 0o600)
        let reader = open("\(scratch.path)/pipe", O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try scratch.write("text", to: "pipe")
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, 8) == 4)
        #expect(scratch.names == ["pipe"])
    }

    @Test func whatCannotBeWrittenLeavesNothing() throws {
        #expect(throws: FileError.system(ENOENT)) { try scratch.writeHere("x", to: "nowhere/a") }
        try Folders.make("\(scratch.path)/folder/below")
        #expect(throws: FileError.self) { try scratch.writeHere("x", to: "folder") }
        #expect(scratch.names == ["folder"])
    }

    @Test func oneThatIsThereIsNotMadeAgain() throws {
        try AtomicFile.create(at: "\(scratch.path)/a") { draft in
            try AtomicFile.write("filled", to: draft)
        }
        #expect(try scratch.read("a") == "filled")
        #expect(throws: FileError.system(EEXIST)) {
            try AtomicFile.create(at: "\(scratch.path)/a") { _ in }
        }
        scratch.link("dangling", to: "nowhere")
        #expect(throws: FileError.system(EEXIST)) {
            try AtomicFile.create(at: "\(scratch.path)/dangling") { _ in }
        }
        #expect(scratch.names == ["a", "dangling"])
    }

    @Test func aMakerThatFailsLeavesNothing() throws {
        #expect(throws: CancellationError.self) {
            try AtomicFile.create(at: "\(scratch.path)/a") { _ in throw CancellationError() }
        }
        #expect(scratch.names == [])
    }
}

extension Scratch {
    /// Without making folders.
    fileprivate func writeHere(_ text: String, to name: String) throws {
        try AtomicFile.write(text, to: "\(path)/\(name)")
    }
}
