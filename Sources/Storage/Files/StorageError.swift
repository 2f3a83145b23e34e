/// What can go wrong with a study's file. Every description is one line: the file, what was
/// expected, what was got.
public enum StorageError: Error, Equatable {
    /// There is something of that name already.
    case exists(path: String)
    /// There is no such file.
    case missing(path: String)
    /// The file is something else.
    case notAStudy(path: String, got: String)
    /// A newer program wrote the file.
    case newer(path: String, version: Int, known: Int)
    /// Another process, or this one, has the study open for writing.
    case inUse(path: String, by: String)
    /// The file cannot be opened.
    case unreadable(path: String, reason: String)
    /// What was to be kept was not; what was kept before is.
    case unwritable(path: String, reason: String)
    /// The file that is being written has its name no longer.
    case gone(path: String)
    /// The file is not intact.
    case damaged(path: String, what: String)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exists(let path): "\(path): the file exists already"
        case .missing(let path): "\(path): expected a study, there is no such file"
        case .notAStudy(let path, let got): "\(path): expected a study, got \(got)"
        case .newer(let path, let version, let known):
            "\(path): expected a study of format \(known) or before, got format \(version), "
                + "which a newer program wrote"
        case .inUse(let path, let by): "\(path): in use by \(by)"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
        case .gone(let path):
            "\(path): expected the study that this run writes, it was removed, renamed or replaced; what "
                + "reporters have returned for is in the renamed file, if there is one"
        case .damaged(let path, let what): "\(path): damaged: \(what)"
        }
    }
}
