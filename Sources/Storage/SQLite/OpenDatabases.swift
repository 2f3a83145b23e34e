internal import Platform
internal import Synchronization

/// The files that connections of this process use.
///
/// SQLite's locks on a file belong to the process, and go when it closes any descriptor of the file. So
/// a descriptor that something else has opened is closed once no connection uses the file. Until then it
/// waits to be used again, so that there are no more of them than are in use at a time.
enum OpenDatabases {
    private struct Uses {
        var connections = 0
        var waiting: [(descriptor: Int32, flags: Int32)] = []
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
                for waiting in uses.waiting { Platform.close(waiting.descriptor) }
                files[file] = nil
            } else {
                files[file] = uses
            }
        }
    }

    /// Closes a descriptor of a file as soon as that takes no lock away.
    ///
    /// - Parameter flags: those that it was opened with.
    static func close(_ descriptor: Int32, of file: FileIdentity, openedWith flags: Int32) {
        files.withLock { files in
            if files[file] == nil {
                Platform.close(descriptor)
            } else {
                files[file]?.waiting.append((descriptor, flags))
            }
        }
    }

    /// A descriptor of a file that waits to be closed, which is then the caller's; nil where none was
    /// opened with these flags.
    static func takeWaiting(of file: FileIdentity, openedWith flags: Int32) -> Int32? {
        files.withLock { files in
            guard let index = files[file]?.waiting.firstIndex(where: { $0.flags == flags })
            else { return nil }
            return files[file]?.waiting.remove(at: index).descriptor
        }
    }
}
