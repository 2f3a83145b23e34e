internal import Platform

/// What shows from outside that a study has changed, without reading it.
struct FileStamp: Equatable {
    /// Bytes of the study's file and its log.
    let size: Int
    /// When either was last written, in seconds since 1970.
    let changed: Double
    private let file: FileIdentity
    private let log: Double?
    private let isHeld: Bool

    /// Nil where there is no file.
    ///
    /// - Parameters:
    ///   - hasLog: whether its folder holds a log of it; else none is looked for.
    ///   - hasLock: likewise for the file that says who writes it.
    init?(of path: String, hasLog: Bool, hasLock: Bool) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        file = FileIdentity(status)
        var (size, changed) = (Int(status.st_size), status.changed)
        var log: Double?
        if hasLog, stat(path + "-wal", &status) == 0 {
            log = status.changed
            size += Int(status.st_size)
            // A log without rows is what a reader has made.
            if status.st_size > 0 { changed = max(changed, status.changed) }
        }
        (self.size, self.changed, self.log) = (size, changed, log)
        isHeld = hasLock && StudyLock.isHeld(forStudyAt: path)
    }
}

extension stat {
    /// When the file was last written, in seconds since 1970.
    fileprivate var changed: Double {
        #if canImport(Darwin)
            let time = st_mtimespec
        #else
            let time = st_mtim
        #endif
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
