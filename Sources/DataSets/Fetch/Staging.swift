internal import Platform

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A folder in the cache, and so on the file system of the data set's own, in which its files are
/// put together.
struct Staging {
    let path: String

    /// Makes a fresh one, and removes those that killed processes left behind. The caller holds
    /// the data set's lock, so no process works in them any more.
    ///
    /// - Throws: `DataSetError.unwritable`.
    init(of dataSet: String, in cache: String) throws {
        let prefix = ".\(dataSet).fetch-"
        let items = (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []
        for item in items where item.hasPrefix(prefix) {
            try? FileManager.default.removeItem(atPath: "\(cache)/\(item)")
        }
        do {
            path = try Folders.makeTemporary(prefix: "\(cache)/\(prefix)")
        } catch let error as FileError {
            throw DataSetError.unwritable(directory: cache, reason: "\(error)")
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
