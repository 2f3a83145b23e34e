internal import Platform

/// The lines of earlier sessions, one a line, the newest last.
///
/// Every line is appended when it is entered, so that sessions side by side keep each other's. A
/// file that cannot be read or written is a history that is not kept, and no error.
struct HistoryFile {
    let path: String

    /// So many are kept from session to session.
    static let limit = 1000

    /// `mohpo-lua/history` below `$XDG_STATE_HOME`, or below `~/.local/state`; nil without a home.
    static func standard() -> HistoryFile? {
        let state = variable("XDG_STATE_HOME")
        let home = variable("HOME").map { "\($0)/.local/state" }
        // As the specification has it, a path that is not absolute does not count.
        guard let base = state.flatMap({ $0.hasPrefix("/") ? $0 : nil }) ?? home else { return nil }
        return HistoryFile(path: "\(base)/mohpo-lua/history")
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The lines to start with. Where there are many more, the file is cut to the newest.
    func load() -> [String] {
        let lines = lines(ofFileAt: path)
        let newest = Array(lines.suffix(Self.limit))
        if lines.count > 2 * Self.limit { replace(with: newest) }
        return newest
    }

    func append(_ line: String) {
        var text = line + "\n"
        // The user's own file, also where a script is confined.
        try? Confinement.$current.withValue(nil) {
            try Folders.makeAbove(path, mode: 0o700)
            let file = try FilePlace(path).open(O_WRONLY | O_CREAT | O_APPEND, mode: Self.mode)
            try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
        }
    }

    /// In one step, so that a session that ends meanwhile leaves one file or the other.
    private func replace(with lines: [String]) {
        try? Confinement.$current.withValue(nil) {
            try AtomicFile.write(
                lines.map { $0 + "\n" }.joined(), to: path, mode: Self.mode)
        }
    }

    /// Readable by its user alone: lines may hold what no one else should see.
    private static let mode: mode_t = 0o600
}
