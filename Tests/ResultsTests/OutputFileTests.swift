import Foundation
import Results
import Testing

/// Results are written completely or not at all.
@Suite struct OutputFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent(UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func aFileIsReplaced() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path + "/result.csv"
        for text in ["first", "second é", ""] {
            try OutputFile.write(text, to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["result.csv"])
    }

    @Test func aMissingFolderIsAnErrorOfItsOwn() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path + "/missing/result.csv"
        for attempt in [{ try OutputFile.write("", to: path) }, { try OutputFile.check(path) }] {
            let error = #expect(throws: OutputError.self, performing: attempt)
            #expect(error?.path == path)
            #expect("\(try #require(error))" == "cannot write \(path): No such file or directory")
        }
    }
}
