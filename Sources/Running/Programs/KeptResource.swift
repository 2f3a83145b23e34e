internal import Engine
internal import Platform
internal import Synchronization

/// The resource of a trial's last acknowledged checkpoint, kept in the trial's directory beside what
/// the checkpoint consists of: the two are there, or gone, together.
final class KeptResource: Sendable {
    private let path: String
    private let value: Mutex<Resource>

    /// Reads what is kept; 0 where nothing is.
    ///
    /// - Throws: `FileError` where the directory cannot be read.
    init(in directory: String) throws {
        path = directory + "/.mohpo-checkpoint"
        do {
            let text = String(decoding: try readBytes(ofFileAt: path), as: UTF8.self)
            value = Mutex(Self.resource(text.filter { !$0.isWhitespace }) ?? 0)
        } catch FileError.system(ENOENT) {
            value = Mutex(0)
        }
    }

    private static func resource(_ text: String) -> Resource? {
        Int(text).map { Resource($0) } ?? Double(text).flatMap { Resource($0) }
    }

    var resource: Resource { value.withLock { $0 } }

    /// Keeps another resource.
    ///
    /// - Throws: `FileError`; what was kept before is then kept still.
    func set(_ resource: Resource) throws {
        try value.withLock { value in
            try AtomicFile.write("\(resource)\n", to: path)
            value = resource
        }
    }
}
