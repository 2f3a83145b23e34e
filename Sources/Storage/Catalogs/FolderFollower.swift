public import Engine
internal import Foundation

/// Lists the studies of a folder again and again. A study is read only when its files have changed, and
/// no lock is taken, so that no study waits.
///
/// Not safe to share between threads.
public final class FolderFollower {
    /// A study of the folder as its file tells it.
    public struct Study {
        /// The file's name.
        public let file: String
        /// The file's path.
        public let path: String
        /// What the file says; nil where it cannot be read.
        public let entry: StudyEntry?
        /// Why it cannot be read, in a line; nil where it can.
        public let problem: String?
        /// Bytes of the file and its log.
        public let size: Int
        /// When it was last written, in seconds since 1970.
        public let changed: Double
    }

    /// What is known of a file.
    private struct Known {
        /// What showed that it had changed.
        let stamp: FileStamp
        let isStudy: Bool
        /// In which turn it was read.
        let turn: Int
    }

    private typealias Found = (name: String, path: String, stamp: FileStamp)

    private let folder: String
    private var known: [String: Known] = [:]
    private var turn = 0
    /// How many files came or changed and are still to be read.
    public private(set) var left = 0

    /// Follows a folder, which need not be there yet.
    public init(_ folder: String) { self.folder = folder }

    /// What is new since the last reading: the studies that came or changed, and the files of those that
    /// are gone.
    ///
    /// - Parameter time: about how long files are read, one at least where any is new: first those that
    ///   were never read, the last to be written first, then those that were read longest ago. The
    ///   others are `left`. Nil: as long as it takes.
    /// - Complexity: O(files), and what is read of those that changed.
    public func read(for time: Duration? = nil) -> (changed: [Study], gone: [String]) {
        let end = time.map { ContinuousClock.now + $0 }
        turn += 1
        var (seen, new) = look()
        var changed: [Study] = []
        left = new.count
        for (name, path, stamp) in new {
            if let end, left < new.count, .now > end { break }
            let study = Self.study(name, at: path, stamp)
            seen[name] = Known(stamp: stamp, isStudy: study != nil, turn: turn)
            if let study { changed.append(study) }
            left -= 1
        }
        let gone = known.filter { $1.isStudy && seen[$0]?.isStudy != true }.keys
        known = seen
        return (changed.sorted { $0.file < $1.file }, gone.sorted())
    }

    /// What is known of the files that are there, and those that came or changed, in the order in which
    /// they are read.
    ///
    /// The folder's own list says which files have a log and a lock, so that of most files the system is
    /// asked once.
    private func look() -> (seen: [String: Known], new: [Found]) {
        let names = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        var seen: [String: Known] = [:]
        var new: [Found] = []
        for name in names where name.hasSuffix(".db") {
            let path = "\(folder)/\(name)"
            let stamp = FileStamp(
                of: path, hasLog: names.contains(name + "-wal"),
                hasLock: names.contains(name + ".lock"))
            guard let stamp else { continue }
            let old = known[name]
            if let old { seen[name] = old }
            if old?.stamp != stamp { new.append((name, path, stamp)) }
        }
        new.sort { one, other in
            let turns = (known[one.name]?.turn ?? 0, known[other.name]?.turn ?? 0)
            return turns.0 == turns.1
                ? (one.stamp.changed, one.name) > (other.stamp.changed, other.name)
                : turns.0 < turns.1
        }
        return (seen, new)
    }

    /// Nil of what is no study: a folder may hold other databases.
    private static func study(_ name: String, at path: String, _ stamp: FileStamp) -> Study? {
        var (entry, problem): (StudyEntry?, String?)
        do { entry = try StudyFile.entry(at: path) } catch StorageError.notAStudy {
            return nil
        } catch StorageError.missing {
            return nil
        } catch {
            problem = "\(error)"
        }
        return Study(
            file: name, path: path, entry: entry, problem: problem, size: stamp.size,
            changed: stamp.changed)
    }
}
