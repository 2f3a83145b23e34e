internal import Engine
internal import Platform

/// Reads a study's file again and again, each time only the rows that are new.
///
/// It takes no lock, and holds no transaction between two readings, so that the writer is never
/// waited for and its log is taken into the file as ever. A file that was replaced, as by a salvage
/// or another format, is read from its beginning.
///
/// Not safe to share between threads.
public final class StudyFollower {
    private let path: String
    private var progress: Progress?
    private var last: StudyFile?

    /// What has been read.
    private struct Progress {
        var ends: TableEnds
        var assembly: StudyAssembly
        let file: FileIdentity?
        let format: Int
    }

    /// Follows a file, which need not be there yet.
    public init(path: String) { self.path = path }

    /// The study as it is now; nil when nothing has changed since the last reading.
    ///
    /// - Throws: as `StudyFile.readStudy`; `StorageError` when the file is gone.
    /// - Complexity: O(what is new + trials).
    public func read() throws -> StudyFile? {
        let path = try StudyPlace.followed(path)
        // Asked before: a writer that ends meanwhile has not left the study.
        let isHeld = StudyLock.isHeld(forStudyAt: path)
        let identity = FileIdentity(path)
        // The second time for a writer that began just then.
        for _ in 0..<2 where progress != nil {
            guard let more = try? readMore(path, identity: identity, isHeld: isHeld) else {
                continue
            }
            switch more {
            case .nothing: return nil
            case .study(let file):
                last = file
                return file
            }
        }
        return try readAll(path, identity: identity, isHeld: isHeld)
    }

    private enum More {
        case nothing
        case study(StudyFile)
    }

    /// Nil where the rows that are there cannot be what follows those that were read.
    private func readMore(
        _ path: String, identity: FileIdentity?, isHeld: Bool
    ) throws -> More? {
        guard let progress, let last, identity != nil, progress.file == identity else { return nil }
        let connection = try ReadConnection(path)
        guard connection.format == progress.format else { return nil }
        var reader = StudyReader(
            connection, after: progress.ends, with: progress.assembly)
        guard let counts = reader.counts(), counts.reports >= progress.ends.reports,
            counts.events >= progress.ends.events
        else { return nil }
        if (counts.reports, counts.events) == (progress.ends.reports, progress.ends.events) {
            guard isHeld != last.isHeld else { return .nothing }
            return .study(StudyFile(reader, note: last.note, isHeld: isHeld))
        }
        try reader.readMore()
        guard reader.damage.isEmpty, connection.isStill else { return nil }
        self.progress = Progress(
            ends: reader.ends, assembly: reader.assembly, file: progress.file,
            format: progress.format)
        return .study(StudyFile(reader, note: last.note, isHeld: isHeld))
    }

    private func readAll(
        _ path: String, identity: FileIdentity?, isHeld: Bool
    ) throws -> StudyFile {
        progress = nil
        for _ in 0..<100 {
            let inspection = StudyInspection(of: path, isToBeWritten: false)
            let connection = try ReadConnection(path)
            let reader = try StudyReader.read(connection, for: .study)
            guard connection.isStill else { continue }
            let file = try StudyFile(
                reader, inspectedBy: inspection, isFolded: true, isHeld: isHeld)
            if file.damage == nil {
                progress = Progress(
                    ends: reader.ends, assembly: reader.assembly, file: identity,
                    format: connection.format)
            }
            defer { last = file }
            // What is damaged is read again each time, and is news only once.
            return file
        }
        throw StorageError.unreadable(path: path, reason: "it changes all the time")
    }
}
