internal import CAffinity

/// Tells whether a file may have lost its name, for less than it costs to look the name up.
package final class FileWatch: Sendable {
    private let descriptor: Int32

    /// Watches the file of a name; nil where the system has no watches, or no more of them.
    package init?(_ path: String) {
        descriptor = ca_watch_file(path)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Whether the file was renamed or removed since the last call, or something else that looks like it
    /// from afar. Says nothing of folders above it. O(1).
    package var wasTouched: Bool { ca_file_was_touched(descriptor) != 0 }
}
