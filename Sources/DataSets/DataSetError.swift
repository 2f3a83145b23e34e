/// What can go wrong between a data set's name and its files. Every description is one line that
/// ends in what to do.
package enum DataSetError: Error, Equatable {
    /// No data set has this name.
    case unknownName(String, known: [String], nearest: String?)
    /// The files are not in the cache.
    case missing(name: String, directory: String)
    /// A file in the cache does not have the size it must have.
    case damaged(name: String, path: String, byteCount: Int, expected: Int)
    /// The cache cannot be written to.
    case unwritable(directory: String, reason: String)
    /// No source gave the right files.
    case unavailable(name: String, directory: String, failures: [SourceFailure])
}

/// Why one source did not give the files.
package struct SourceFailure: Error, Equatable, CustomStringConvertible {
    /// What messages call the source.
    package let source: String
    /// Why, in half a line.
    package let reason: String

    /// A source that failed for that reason.
    package init(source: String, reason: String) {
        self.source = source
        self.reason = reason
    }

    package var description: String { "\(source): \(reason)" }
}

extension DataSetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownName(let name, let known, let nearest):
            let suggestion = nearest.map { "did you mean \"\($0)\"? " } ?? ""
            return "unknown data set \"\(name)\": \(suggestion)known are "
                + known.joined(separator: ", ")
        case .missing(let name, let directory):
            return "data set \(name) is not in \(directory): run mohpo-lua data fetch \(name)"
        case .damaged(let name, let path, let byteCount, let expected):
            return "\(path): expected \(expected) bytes, got \(byteCount): "
                + "run mohpo-lua data fetch \(name)"
        case .unwritable(let directory, let reason):
            return "cannot write to \(directory) (\(reason)): "
                + "make it writable or set XDG_CACHE_HOME"
        case .unavailable(let name, let directory, let failures):
            let reasons = failures.map(\.description).joined(separator: "; ")
            return "could not fetch \(name) (\(reasons)): check the network and try again, "
                + "or put its four unpacked files into \(directory)"
        }
    }
}
