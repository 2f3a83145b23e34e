internal import Foundation
internal import Platform
internal import Synchronization

/// The right to write a study, which one journal at a time has.
///
/// It is held by two locks: on a file beside the study, which says who has it, and on the study's file
/// itself, which may have other names. Both go with the process, however it ends; the file beside then
/// stays behind and hinders no one.
final class StudyLock: Sendable {
    private let path: String
    private let lock: FileLock
    private let held = Mutex<HeldFile?>(nil)

    /// The study's file, and where it is, whatever becomes of the working directory.
    private struct HeldFile {
        let file: StudyDescriptor
        let path: String
        let watch: FileWatch?
        /// How often it was asked whether the file is in its place.
        var questions = 0

        init(_ file: StudyDescriptor, at path: String) {
            (self.file, self.path) = (file, path)
            watch = FileWatch(path)
        }

        /// A watch does not tell of folders that are renamed: every 64th time the name is looked up.
        mutating func isInPlace() -> Bool {
            questions &+= 1
            if let watch, !watch.wasTouched, questions & 63 != 0 { return true }
            return file.isAt(path)
        }
    }

    /// - Throws: `StorageError`, which names the holder when there is one.
    init(forStudyAt study: String) throws {
        path = study
        let holder =
            "process \(getpid()) on \(Self.host) since \(Date.now.formatted(.iso8601))"
        do {
            let path = study + ".lock"
            guard let lock = try FileLock(path, holder: holder, removesFile: true) else {
                throw StorageError.inUse(
                    path: study, by: FileLock.holder(path) ?? "another process")
            }
            self.lock = lock
        } catch let error as FileError {
            throw StorageError.unwritable(path: study, reason: "\(error)")
        }
        try holdFile()
    }

    deinit {
        held.withLock { held in
            held?.file.giveLockBack()
            held = nil
        }
    }

    /// Takes the right to write the file that has the study's name now.
    ///
    /// - Throws: `StorageError`.
    func holdFile() throws {
        let path = path
        try held.withLock { held in
            held?.file.giveLockBack()
            held = nil
            // Where it cannot be opened for writing, SQLite says why.
            guard let file = try? StudyDescriptor(path, O_RDWR) else { return }
            guard file.takeLock() else {
                throw StorageError.inUse(
                    path: path, by: "another process, under another name of the file")
            }
            held = HeldFile(file, at: PathText.resolved(path) ?? path)
        }
    }

    /// Whether the file that is written has the study's name still.
    var isInPlace: Bool {
        held.withLock { $0?.isInPlace() ?? true }
    }

    /// Writes down how much is durable.
    func write(_ mark: StudyMark) {
        held.withLock { held in
            if let held { mark.write(to: held.file) }
        }
    }

    /// Whether a process holds the right to write the study.
    static func isHeld(forStudyAt study: String) -> Bool { FileLock.isHeld(study + ".lock") }

    /// Asked of the system alone: Foundation would ask the network as well.
    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
