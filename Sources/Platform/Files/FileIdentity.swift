internal import CAffinity

/// A file itself, whatever names it has.
package struct FileIdentity: Hashable, Sendable {
    /// The file system's device.
    package let device: UInt64
    /// The file's number on it.
    package let number: UInt64

    /// The identity of a file that is there, at the end of links; nil where none is.
    package init?(_ path: String) {
        var (device, number): (UInt64, UInt64) = (0, 0)
        guard ca_identify_file(path, &device, &number) == 1 else { return nil }
        (self.device, self.number) = (device, number)
    }

    /// The identity that a file's status tells.
    package init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(truncatingIfNeeded: status.st_ino)
    }
}
