import Platform
import Testing

@Suite struct UnlinkedFileTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func read(_ file: UnlinkedFile, _ count: Int, at offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
        return bytes
    }

    @Test func whatIsWrittenIsReadAndHasNoName() throws {
        let file = try UnlinkedFile(in: scratch.path)
        try [UInt8](0...99).withUnsafeBytes { try file.write($0, at: 1000) }
        #expect(try read(file, 100, at: 1000) == [UInt8](0...99))
        #expect(try read(file, 2, at: 999) == [0, 0])
        #expect(scratch.names == [])
        #expect(throws: FileError.system(EIO)) { try read(file, 2, at: 1099) }
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(throws: FileError.system(ENOENT)) {
            try UnlinkedFile(in: "\(scratch.path)/nowhere")
        }
    }
}
