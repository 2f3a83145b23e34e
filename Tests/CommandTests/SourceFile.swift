import Foundation

/// Files of the repository that tests read.
enum SourceFile {
    /// The place of a file or folder, from the root of the repository.
    static func url(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../\(path)").standardized
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: url(path), encoding: .utf8)
    }
}
