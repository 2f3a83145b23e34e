import Platform
import Testing

@Suite struct FileLockTests {
    private let scratch: Scratch
    private var path: String { "\(scratch.path)/x.lock" }
    init() throws { scratch = try Scratch() }

    @Test func oneAtATimeHoldsIt() throws {
        var lock = try FileLock(path, holder: "me", removesFile: true)
        #expect(lock != nil)
        #expect(FileLock.isHeld(path))
        #expect(FileLock.holder(path) == "me")
        #expect(try FileLock(path) == nil)
        lock = nil
        #expect(!FileLock.isHeld(path))
        #expect(scratch.names == [])
    }

    @Test func itsFileMayStay() throws {
        _ = try FileLock(path)
        #expect(scratch.names == ["x.lock"])
        #expect(FileLock.holder(path) == nil)
        #expect(try FileLock(path) != nil)
    }

    /// Whoever makes the link chooses what is emptied.
    @Test(arguments: ["kept", "new", "/nowhere/at/all"])
    func aLinkIsRefusedAndItsTargetStays(target: String) throws {
        try scratch.write("of value", to: "kept")
        scratch.link("x.lock", to: target)
        #expect(throws: FileError.linkAsFile(name: "x.lock")) {
            try FileLock(path, holder: "me", removesFile: true)
        }
        #expect(!FileLock.isHeld(path))
        #expect(FileLock.holder(path) == nil)
        #expect(try scratch.read("kept") == "of value")
        #expect(scratch.names == ["kept", "x.lock"])
    }

    @Test func whatIsNoFileIsRefused() throws {
        mkfifo(path, 0o600)
        #expect(throws: FileError.notAFile) { try FileLock(path, holder: "me") }
        #expect(FileLock.holder(path) == nil)
    }
}
