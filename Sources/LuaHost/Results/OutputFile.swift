internal import LuaBridge
internal import Platform

/// Writes a file whole: into a new file beside the target, which then takes its name.
enum OutputFile {
    /// - Throws: `LuaError` that names the path and says why; an old file is then still there.
    static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid()).part"
        // New, as a link of this name could lead anywhere.
        unlink(temporary)
        guard let file = fopen(temporary, "wbx") else { throw failure(path) }
        var text = text
        let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        guard fclose(file) == 0, written, rename(temporary, path) == 0 else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
    }

    /// Says before there is anything to write whether it could be: the folder must be there.
    ///
    /// - Throws: what `write` would.
    static func check(_ path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard access(folder, W_OK) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> LuaError {
        LuaError("cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
