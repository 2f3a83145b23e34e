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

    private let folder: String
    /// By file: what showed that it had changed, and whether it is a study.
    private var known: [String: (stamp: FileStamp, isStudy: Bool)] = [:]

    /// Follows a folder, which need not be there yet.
    public init(_ folder: String) { self.folder = folder }

    /// What is new since the last reading: the studies that came or changed, and the files of those that
    /// are gone.
    ///
    /// - Complexity: O(files), and what is read of those that changed.
    public func read() -> (changed: [Study], gone: [String]) {
        var (changed, gone): ([Study], [String]) = ([], [])
        var seen: [String: (stamp: FileStamp, isStudy: Bool)] = [:]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".db") {
            let path = "\(folder)/\(name)"
            guard let stamp = FileStamp(of: path) else { continue }
            if let old = known[name], old.stamp == stamp {
                seen[name] = old
                continue
            }
            let study = Self.study(name, at: path, stamp)
            seen[name] = (stamp, study != nil)
            if let study { changed.append(study) }
        }
        for (name, old) in known where old.isStudy && seen[name]?.isStudy != true {
            gone.append(name)
        }
        known = seen
        return (changed, gone.sorted())
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
