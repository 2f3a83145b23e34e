internal import LuaBridge
internal import Platform

/// Which files a script may name: any, or in the sandbox those below the working directory.
///
/// Links are followed before a path is judged, and a script has no way to make one.
struct FileAccess {
    /// The working directory without links, nil where every file may be named.
    private let root: String?

    /// - Throws: `LuaError` where the working directory has no name.
    init(isSandboxed: Bool) throws {
        guard isSandboxed else {
            root = nil
            return
        }
        guard let folder = Self.resolved(".") else {
            throw LuaError(
                "the sandbox needs a working directory: \(String(cString: strerror(errno)))")
        }
        root = folder
    }

    /// The path of a file to read, as it was given.
    ///
    /// - Throws: `LuaError` that names the path.
    func toRead(_ path: String) throws -> String {
        guard root == nil || isInside(Self.existing(path)) else { throw outside(path) }
        return path
    }

    /// The path of a file to write, as it was given.
    ///
    /// Other endings would let a script write what a program takes for its own file.
    ///
    /// - Parameter ending: the only one in the sandbox, with its point.
    /// - Throws: `LuaError` that names the path.
    func toWrite(_ path: String, ending: String) throws -> String {
        guard root != nil else { return path }
        let (folder, name) = Self.split(path)
        guard isInside(Self.existing(folder)) else { throw outside(path) }
        guard name.hasSuffix(ending), !name.hasPrefix("."),
            !(Self.resolved(folder) ?? "").dropFirst(root!.count).contains("/.")
        else {
            throw LuaError(
                "\(path): in the sandbox this is written to files with the ending \(ending) alone, "
                    + "and to no hidden ones")
        }
        return path
    }

    private func outside(_ path: String) -> LuaError {
        LuaError("\(path): outside of the working directory, which the sandbox does not allow")
    }

    private func isInside(_ resolved: String?) -> Bool {
        guard let root, let resolved else { return false }
        return resolved == root || resolved.hasPrefix(root.hasSuffix("/") ? root : root + "/")
    }

    /// The path without links; of one that is not there, its nearest folder that is.
    private static func existing(_ path: String) -> String? {
        var path = path
        while true {
            if let resolved = resolved(path) { return resolved }
            guard path != ".", path != "/" else { return nil }
            path = split(path).folder
        }
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        var whole = path[...]
        while whole.count > 1, whole.hasSuffix("/") { whole.removeLast() }
        guard let slash = whole.lastIndex(of: "/") else { return (".", String(whole)) }
        let folder = whole[..<slash]
        return (
            folder.isEmpty ? "/" : String(folder), String(whole[whole.index(after: slash)...])
        )
    }

    private static func resolved(_ path: String) -> String? {
        guard !path.isEmpty, let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
