/// The files that `AtomicFile.create` writes before they take their names: `NAME.PID-NUMBER.new`.
///
/// Each is locked while it is written, so that those which a killed program has left are known.
enum Drafts {
    /// A name for a draft of `name`, which no other has.
    static func ending() -> String { ".\(getpid())-\(UInt32.random(in: 0...(.max))).new" }

    /// Removes the drafts in a folder that no program writes any more, and SQLite's journals of them.
    static func removeAbandoned(in folder: OpenFolder) {
        for name in folder.names() {
            guard let draft = draft(of: name) else { continue }
            if let file = try? folder.file(draft, O_RDWR) {
                guard IdentityLock.take(file.descriptor) else { continue }
                unlinkat(folder.descriptor, name, 0)
            } else if folder.status(of: draft) == nil {
                unlinkat(folder.descriptor, name, 0)
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The draft that a file is, or belongs to; nil for any other file.
    private static func draft(of name: String) -> String? {
        let bytes = Array(name.utf8)
        let suffix = "-journal".utf8
        let draft =
            bytes.reversed().starts(with: suffix.reversed()) ? bytes.dropLast(8) : bytes[...]
        guard draft.reversed().starts(with: ".new".utf8.reversed()) else { return nil }
        let stem = draft.dropLast(4)
        guard let dot = stem.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return nil }
        let numbers = stem[(dot + 1)...].split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard numbers.count == 2,
            numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) })
        else { return nil }
        return String(decoding: draft, as: UTF8.self)
    }
}

extension OpenFolder {
    /// The names in the folder; none where it cannot be read.
    fileprivate func names() -> [String] {
        let descriptor = openat(self.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, let folder = fdopendir(descriptor) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }
}
