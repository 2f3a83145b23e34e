internal import Platform

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The folder that data sets are kept in, one subfolder each.
///
/// ```swift
/// let files = try DataSetCache.standard().locate("mnist")
/// ```
package struct DataSetCache: Sendable {
    /// Where the subfolders are; need not exist.
    package let directory: String
    /// The data sets that this cache knows.
    package let catalogue: [DataSet]
    let tools: Tools

    /// - Parameters:
    ///   - directory: an absolute path.
    ///   - toolPath: where to look for curl and the other programs that a fetch starts, in the
    ///     form of `PATH`; `PATH` itself when nil.
    package init(
        directory: String, catalogue: [DataSet] = DataSet.catalogue, toolPath: String? = nil
    ) {
        self.directory = directory
        self.catalogue = catalogue
        tools = Tools(path: toolPath)
    }

    /// The user's cache: `mohpo-lua/datasets` below `$XDG_CACHE_HOME`, or below `~/.cache` when
    /// that is not set.
    ///
    /// As the XDG specification asks, a relative `XDG_CACHE_HOME` counts as not set.
    package static func standard(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> DataSetCache {
        DataSetCache(directory: cacheHome(environment) + "/mohpo-lua/datasets")
    }

    private static func cacheHome(_ environment: [String: String]) -> String {
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache" }
        return FileManager.default.homeDirectoryForCurrentUser.path + "/.cache"
    }

    /// The folder of one data set.
    package func directory(of dataSet: DataSet) -> String { "\(directory)/\(dataSet.name)" }

    /// The data set of that name.
    ///
    /// - Throws: `DataSetError.unknownName`, with the names there are and the nearest of them.
    package func dataSet(named name: String) throws -> DataSet {
        if let found = catalogue.first(where: { $0.name == name }) { return found }
        let known = catalogue.map(\.name)
        throw DataSetError.unknownName(
            name, known: known, nearest: nearestName(to: name, among: known))
    }

    /// Where the files of a data set are.
    ///
    /// Looks at existence and size only, since it stands at the start of every run; `fetch` looks
    /// at the contents.
    ///
    /// - Throws: `DataSetError.unknownName`, `.missing`, `.damaged`.
    package func locate(_ name: String) throws -> DataSetFiles {
        let dataSet = try dataSet(named: name)
        let folder = directory(of: dataSet)
        for file in dataSet.files {
            let path = "\(folder)/\(file.name)"
            guard let size = byteCount(ofFileAt: path) else {
                throw DataSetError.missing(name: name, directory: folder)
            }
            guard size == file.byteCount else {
                throw DataSetError.damaged(
                    name: name, path: path, byteCount: size, expected: file.byteCount)
            }
        }
        return DataSetFiles(of: dataSet, in: folder)
    }

    /// All data sets of the catalogue, in its order, and which of them are here.
    package func list() -> [DataSetListing] {
        catalogue.map { dataSet in
            DataSetListing(
                name: dataSet.name, summary: dataSet.summary,
                isPresent: (try? locate(dataSet.name)) != nil,
                byteCount: dataSet.byteCount, directory: directory(of: dataSet))
        }
    }
}
