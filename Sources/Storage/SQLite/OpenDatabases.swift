internal import Platform
internal import Synchronization

/// The files that connections of this process use.
///
/// SQLite's locks on a file belong to the process, and go when it closes any descriptor of the file. So
/// a descriptor that something else has opened is closed once no connection uses the file.
enum OpenDatabases {
    private struct Uses {
        var connections = 0
        var descriptors: [Int32] = []
    }

    private static let files = Mutex<[FileIdentity: Uses]>([:])

    /// A connection has opened a file.
    static func opened(_ file: FileIdentity) {
        files.withLock { $0[file, default: Uses()].connections += 1 }
    }

    /// A connection has closed a file.
    static func closed(_ file: FileIdentity) {
        files.withLock { files in
            guard var uses = files[file] else { return }
            uses.connections -= 1
            if uses.connections == 0 {
                for descriptor in uses.descriptors { Platform.close(descriptor) }
                files[file] = nil
            } else {
                files[file] = uses
            }
        }
    }

    /// Closes a descriptor of a file as soon as that takes no lock away.
    static func close(_ descriptor: Int32, of file: FileIdentity) {
        files.withLock { files in
            if files[file] == nil {
                Platform.close(descriptor)
            } else {
                files[file]?.descriptors.append(descriptor)
            }
        }
    }
}
