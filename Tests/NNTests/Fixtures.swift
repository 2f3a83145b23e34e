import Foundation
import Testing

/// The path of a file that `Tests/ReferenceValues/datasets.py` wrote.
func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../ReferenceValues/datasets/\(name)").standardizedFileURL.path()
}

/// The bytes of such a file.
func fixtureBytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: fixture(name))))
}

/// Lends a file with the given contents, which is gone afterwards.
@discardableResult
func withFile<Result>(_ contents: [UInt8], _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(contents).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try body(path.path())
}
