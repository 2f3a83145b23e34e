internal import Platform

/// A descriptor of a study's file, beside the connections to it.
final class StudyDescriptor: Sendable {
    /// Which file it is.
    let identity: FileIdentity
    private let descriptor: Int32
    private let flags: Int32

    /// - Parameter flags: as for `open`.
    /// - Throws: `FileError`.
    init(_ path: String, _ flags: Int32) throws {
        self.flags = flags
        let place = try FilePlace(path)
        if let there = place.status.map({ FileIdentity($0) }),
            let waiting = OpenDatabases.takeWaiting(of: there, openedWith: flags)
        {
            (identity, descriptor) = (there, waiting)
            return
        }
        let file = try place.open(flags)
        identity = FileIdentity(try file.status())
        descriptor = file.release()
    }

    deinit { OpenDatabases.close(descriptor, of: identity, openedWith: flags) }

    /// Whether the file has that name still.
    func isAt(_ path: String) -> Bool { FileIdentity(path) == identity }

    // MARK: The right to write

    /// Takes the right to write the file, by whatever name; false when another has it.
    func takeLock() -> Bool {
        IdentityLock.take(descriptor)
    }

    func giveLockBack() { IdentityLock.giveBack(descriptor) }

    // MARK: Content

    /// The bytes from `place` on; fewer where the file ends.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            count = max(
                0, pread(descriptor, buffer.baseAddress, range.count, off_t(range.lowerBound)))
        }
    }

    func write(_ bytes: [UInt8], at place: Int) {
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(place)) }
    }
}
