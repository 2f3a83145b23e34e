import Engine
import Foundation
import Storage

/// A folder of its own for a test's files.
struct Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "mohpo-storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }
}

extension Journal {
    /// Appends as if by a decider that has just taken over.
    func append(_ events: [Event]) throws {
        try append(events, expecting: self.events(from: 0).count, under: takeLease())
    }
}

extension StudyMetadata {
    static let test = StudyMetadata(name: "test", created: "2026-01-01T00:00:00Z")
}
