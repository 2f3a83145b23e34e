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
        makeFolders()
        write(line + "\n", to: path, O_APPEND)
    }

    /// Renamed into place, so that a session that ends meanwhile leaves one file or the other.
    private func replace(with lines: [String]) {
        let new = "\(path).\(getpid())"
        write(lines.map { $0 + "\n" }.joined(), to: new, O_TRUNC)
        rename(new, path)
    }

    /// Readable by its user alone: lines may hold what nobody else should see.
    private func write(_ text: String, to path: String, _ flags: Int32) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        var text = text
        text.withUTF8 { bytes in
            #if canImport(Glibc)
                _ = Glibc.write(file, bytes.baseAddress, bytes.count)
            #elseif canImport(Musl)
                _ = Musl.write(file, bytes.baseAddress, bytes.count)
            #else
                _ = Darwin.write(file, bytes.baseAddress, bytes.count)
            #endif
        }
    }

    private func makeFolders() {
        let slashes = path.indices.filter { path[$0] == "/" && $0 != path.startIndex }
        for slash in slashes { mkdir(String(path[..<slash]), 0o700) }
    }
}
